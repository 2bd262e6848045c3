package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of the toolkit that the server is not built for: {@code bin/pekko} builds it for Apache Pekko. They would be ignored without
 * a word, and the limits or secrets in them, too.
 */
final class ToolkitSettings {
    private static final Set<String> TOOLKITS = Set.of("akka", "pekko"); // as it is for Pekko, too

    /** The one that this server is built for. */
    static final String MINE = "akka";

    private ToolkitSettings() {}

    /** What is wrong with them, for the operator. */
    static Optional<String> problem(Config config) {
        for (String other : new TreeSet<>(TOOLKITS)) {
            ConfigValue given = config.root().get(other);
            if (!other.equals(MINE) && given != null) {
                String key = given instanceof ConfigObject object && !object.isEmpty()
                        ? "." + new TreeSet<>(object.keySet()).first()
                        : "";
                return Optional.of(other + key + " is not known: this server is built for " + MINE + ", so write "
                        + MINE + key + " (doc/pekko.md)");
            }
        }
        return Optional.empty();
    }
}
