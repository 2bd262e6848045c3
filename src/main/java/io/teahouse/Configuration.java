package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/**
 * Where settings come from; the first source wins. Remembers whether the operator had a settings file: it must not
 * be missing later.
 */
final class Configuration {
    private static final String NAMED = "config.file";
    private static final String FILE = "application.conf";
    private static final String ROOT = "teahouse";
    private static final String THREADS = ROOT + ".threads";
    private static final int MOST_THREADS = 256;

    /** Further places where the library would look. */
    private static final List<String> OTHER_SOURCES = List.of("config.resource", "config.url");

    private volatile boolean hasFile;

    /** Whether that file has had settings of the server in it. */
    private volatile boolean hasSettings;

    /**
     * {@code -D}, then the operator's file, then how the server sets up Akka, then {@code reference.conf}. May be called
     * repeatedly.
     *
     * @throws ConfigException when a file cannot be read or parsed; its message names the file and contains no password
     */
    Config load() {
        ConfigFactory.invalidateCaches(); // an earlier call may have filled them
        Config operator = operator();
        try {
            Config above = ConfigFactory.defaultOverrides().withFallback(operator);
            Config below =
                    ConfigFactory.parseResources("teahouse-akka.conf").withFallback(ConfigFactory.defaultReference());
            return above.withFallback(threads(above)).withFallback(below).resolve();
        } catch (ConfigException e) {
            throw withoutSecrets(e);
        }
    }

    private Config operator() {
        for (String other : OTHER_SOURCES) {
            if (System.getProperty(other) != null) {
                throw new ConfigException.Generic("-D" + other + " is not supported: name a file by -D" + NAMED);
            }
        }
        String named = System.getProperty(NAMED);
        if (named != null && named.isBlank()) {
            throw new ConfigException.Generic("-D" + NAMED + " names no file");
        }
        String file = named == null ? FILE : named;
        if (named == null && !hasFile && !SettingsFile.isThere(file)) {
            return ConfigFactory.empty();
        }
        try {
            Config read = SettingsFile.parse(file);
            boolean some = read.hasPath(ROOT);
            if (hasSettings && !some) {
                throw new ConfigException.Generic(file + " has no settings under " + ROOT
                        + " any more: put them back, or restart the server to run with the defaults");
            }
            hasFile = true;
            hasSettings = some;
            return read;
        } catch (ConfigException.Generic e) {
            throw e; // one of ours
        } catch (ConfigException e) {
            throw withoutSecrets(e);
        }
    }

    /** The message may quote the file, and so may the cause, which is left out. */
    private static ConfigException withoutSecrets(ConfigException e) {
        return new ConfigException.Generic(Secrets.withoutQuotes(String.valueOf(e.getMessage())));
    }

    /** The operator's file, as they named it; {@code command-line} if there is none. */
    static String source() {
        String named = System.getProperty(NAMED);
        if (named != null) {
            return named;
        }
        return SettingsFile.isThere(FILE) ? FILE : "command-line";
    }

    /** Several threads need dispatchers of their own. {@link Settings} reports a wrong number. */
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
