package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.File;

/** Where settings come from; what stands first wins. */
final class Configuration {
    private static final String THREADS = "teahouse.threads";
    private static final int MOST_THREADS = 256;
    private static final File FILE = new File("application.conf");

    private Configuration() {}

    /**
     * {@code -D}, then the operator's file, then how the server sets up Akka, then {@code reference.conf}.
     *
     * @throws ConfigException when a file cannot be read or parsed
     */
    static Config load() {
        ConfigFactory.invalidateCaches(); // it may not be the first time
        Config operator = System.getProperty("config.file") == null
                ? ConfigFactory.parseFile(FILE)
                : ConfigFactory.defaultApplication();
        Config above = ConfigFactory.defaultOverrides().withFallback(operator);
        Config below =
                ConfigFactory.parseResources("teahouse-akka.conf").withFallback(ConfigFactory.defaultReference());
        return above.withFallback(threads(above)).withFallback(below).resolve();
    }

    /** The operator's file, as he named it; one word, if there is none. */
    static String source() {
        String named = System.getProperty("config.file");
        if (named != null) {
            return named;
        }
        return FILE.exists() ? FILE.getName() : "command-line";
    }

    /** Several threads need dispatchers of their own. A wrong number is complained of where all settings are checked. */
    private static Config threads(Config above) {
        try {
            Config given = above.resolve();
            int threads = given.hasPath(THREADS) ? given.getInt(THREADS) : 1;
            return Dispatchers.config(Math.max(1, Math.min(MOST_THREADS, threads)));
        } catch (ConfigException e) {
            return ConfigFactory.empty();
        }
    }
}
