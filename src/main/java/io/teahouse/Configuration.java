package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;

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
    private static final String CLUSTER = ROOT + ".cluster.enabled";
    private static final String DISCOVERY = ROOT + ".cluster.discovery";
    private static final Map<String, String> DISCOVERY_METHODS =
            Map.of("dns", "akka-dns", "kubernetes", "kubernetes-api");
    private static final String CLUSTER_BIND = ROOT + ".cluster.bind-";
    private static final String ARTERY = "akka.remote.artery.";
    private static final String CLUSTER_TLS = ROOT + ".cluster.tls.certificate";

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
            ToolkitSettings.problem(above).ifPresent(problem -> {
                throw new ConfigException.Generic(problem);
            });
            return above.withFallback(below(above)).resolve();
        } catch (ConfigException e) {
            throw withoutSecrets(e);
        }
    }

    /** The defaults, and how the server sets up Akka for the settings of the operator. */
    static Config below(Config above) {
        return threads(above)
                .withFallback(cluster(above))
                .withFallback(ConfigFactory.parseResources("teahouse-akka.conf"))
                .withFallback(ConfigFactory.defaultReference());
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

    /** Only a node of a cluster listens to other nodes. {@link Settings} reports a wrong value. */
    private static Config cluster(Config above) {
        try {
            Config given = above.resolve();
            if (!given.hasPath(CLUSTER) || !given.getBoolean(CLUSTER)) {
                return ConfigFactory.empty();
            }
            boolean isEncrypted =
                    given.hasPath(CLUSTER_TLS) && !given.getString(CLUSTER_TLS).isEmpty();
            return ConfigFactory.parseMap(Map.of(
                            "akka.cluster.app-version",
                            Version.NUMBER,
                            ARTERY + "transport",
                            isEncrypted ? "tls-tcp" : "tcp"))
                    .withFallback(bind(given, "host", "hostname"))
                    .withFallback(bind(given, "port", "port"))
                    .withFallback(discovery(given))
                    .withFallback(ConfigFactory.parseResources("teahouse-node.conf"));
        } catch (ConfigException e) {
            return ConfigFactory.empty();
        }
    }

    /** Akka's extension for it starts by its configuration; without it, none of its classes is loaded. */
    private static Config discovery(Config given) {
        String method = given.hasPath(DISCOVERY) ? given.getString(DISCOVERY) : "";
        String akkaMethod = DISCOVERY_METHODS.get(method);
        return akkaMethod == null
                ? ConfigFactory.empty()
                : ConfigFactory.parseMap(Map.of(
                                "akka.management.cluster.bootstrap.contact-point-discovery.discovery-method",
                                akkaMethod))
                        .withFallback(ConfigFactory.parseResources("teahouse-discovery.conf"));
    }

    /** Where the node listens, if it is not where the others reach it. */
    private static Config bind(Config given, String name, String akkaName) {
        String path = CLUSTER_BIND + name;
        return given.hasPath(path) && !given.getString(path).equals("auto")
                ? ConfigFactory.parseMap(Map.of(ARTERY + "bind." + akkaName, given.getString(path)))
                : ConfigFactory.empty();
    }
}
