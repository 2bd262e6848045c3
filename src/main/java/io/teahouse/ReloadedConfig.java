package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings that were reloaded while the server runs. Some take effect at once; the others need a restart.
 *
 * @param effective the settings from now on
 * @param changed names of settings that have taken effect
 * @param waiting names of settings that need a restart
 */
record ReloadedConfig(Config effective, List<String> changed, List<String> waiting) {
    static final String ROOT = "teahouse";
    private static final String CERTIFICATE = ROOT + ".irc.tls-certificate";
    private static final String KEY = ROOT + ".irc.tls-key";
    private static final String POSTS = ROOT + ".webhooks.incoming";

    /** These take effect at once, with everything below them. */
    private static final Set<String> AT_ONCE = Stream.of(
                    "irc.server-name",
                    "irc.network-name",
                    "irc.description",
                    "irc.password",
                    "irc.utf8-nicks",
                    "irc.operators",
                    "operator",
                    "admin.token",
                    "admin.tokens",
                    "irc.default-user-modes",
                    "irc.motd",
                    "irc.admin",
                    "irc.history-lines",
                    "irc.sts-duration",
                    "irc.tls-certificate",
                    "irc.tls-key",
                    "web.origins",
                    "web.hosts",
                    "web.embedders",
                    "limits.max-connections",
                    "limits.max-connections-per-address",
                    "limits.max-connections-per-network",
                    "limits.classes",
                    "limits.name-timeout",
                    "limits.idle-timeout",
                    "limits.messages-under-way",
                    "limits.monitor",
                    "limits.rooms-per-client",
                    "limits.multiline-max-lines",
                    "limits.history",
                    "limits.metadata-subs",
                    "limits.metadata-value-bytes",
                    "flood",
                    "log.level",
                    "log.levels",
                    "webhooks")
            .map(name -> ROOT + "." + name)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Applies reloaded settings to a running server.
     *
     * @param started the settings that it was started with
     * @param current the settings that are in effect
     * @param fresh the settings that were read now
     */
    static ReloadedConfig of(Config started, Config current, Config fresh) {
        Config effective = started;
        for (String path : AT_ONCE) {
            effective = effective.withValue(path, fresh.getValue(path));
        }
        // A server that was started without a certificate does not listen for TLS, and needs one for its ports.
        if (hasCertificate(started) != hasCertificate(fresh)) {
            for (String path : List.of(CERTIFICATE, KEY)) {
                effective = effective.withValue(path, started.getValue(path));
            }
        }
        // Programs post at the admin port.
        if (!started.getBoolean(ROOT + ".admin.enabled")) {
            effective = effective.withValue(POSTS, started.getValue(POSTS));
        }
        return new ReloadedConfig(effective, differences(current, effective), differences(effective, fresh));
    }

    private static boolean hasCertificate(Config config) {
        return !config.getString(CERTIFICATE).isEmpty();
    }

    private static List<String> differences(Config one, Config other) {
        Map<String, ConfigValue> mine = leaves(one);
        Map<String, ConfigValue> theirs = leaves(other);
        TreeSet<String> names = new TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        names.removeIf(name -> {
            ConfigValue value = mine.get(name);
            return value != null && value.equals(theirs.get(name));
        });
        return List.copyOf(names);
    }

    /** The values by their full names. */
    static Map<String, ConfigValue> leaves(Config config) {
        ConfigObject root = config.getObject(ROOT);
        return root.toConfig().entrySet().stream()
                .collect(Collectors.toMap(entry -> ROOT + "." + entry.getKey(), Map.Entry::getValue));
    }
}
