package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Unknown settings, which are probably misspelt or in the wrong place. */
final class UnknownSettings {
    private static final String ROOT = "teahouse";

    private final Config config;
    private final Config known = ConfigFactory.defaultReferenceUnresolved().getConfig(ROOT);
    private final Set<String> names = new TreeSet<>();

    private UnknownSettings(Config config) {
        this.config = config;
    }

    static List<String> in(Config config) {
        UnknownSettings unknown = new UnknownSettings(config);
        unknown.find();
        return List.copyOf(unknown.names);
    }

    private void find() {
        config.root().forEach(this::findOutside);
        for (var entry : config.getConfig(ROOT).entrySet()) {
            String name = entry.getKey();
            String list = name.replaceFirst("\\.[0-9]+(\\..*)?$", ""); // name.0.key is an element's
            if (!known.hasPath(name) && !known.hasPath(list)) {
                names.add(ROOT + "." + name);
            }
        }
    }

    /** Top-level keys that probably belong under {@code teahouse}, or misspell it. */
    private void findOutside(String name, ConfigValue value) {
        Set<String> sections = known.root().keySet();
        if (sections.contains(name)) {
            names.add(name + " (" + ROOT + "." + name + " is known)");
        } else if (!name.equals(ROOT)
                && !name.equals("akka")
                && value instanceof ConfigObject object
                && object.keySet().stream().anyMatch(sections::contains)) {
            names.add(name + " (" + ROOT + " is known)");
        }
    }
}
