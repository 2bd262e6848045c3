package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.operator.PowerSettings;
import io.teahouse.operator.Privilege;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the settings of operators' powers, and which privileges operators have. */
final class OperatorReader {
    private static final Duration LONG = Duration.ofDays(36_500);
    private static final int MANY = 1_000_000;
    private static final String CLASSES = "a list of { name = …, privileges = [ " + String.join(", ", Privilege.names())
            + " ] }, of which no two have the same name";

    private OperatorReader() {}

    static PowerSettings read(SettingsReader read) {
        return new PowerSettings(
                read.time("operator.default-ban-duration", Duration.ZERO, LONG),
                read.number("operator.ban-limit", 0, MANY));
    }

    /** The privileges of each class, by its name. */
    static Map<String, Set<Privilege>> classes(SettingsReader read) {
        Map<String, Set<Privilege>> classes = new HashMap<>();
        for (Config each : read.objects("operator.classes")) {
            read.refuseUnknown("operator.classes", each, Set.of("name", "privileges"));
            try {
                String name = each.getString("name");
                if (name.isBlank() || classes.put(name, privileges(each.getStringList("privileges"))) != null) {
                    throw new IllegalArgumentException("a name is missing, or there twice");
                }
            } catch (ConfigException | IllegalArgumentException e) {
                read.wrong("operator.classes", CLASSES);
            }
        }
        return classes;
    }

    /**
     * Privileges by their names.
     *
     * @throws IllegalArgumentException if there is no such privilege
     */
    static Set<Privilege> privileges(List<String> names) {
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        for (String name : names) {
            privileges.add(Privilege.of(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no privilege " + name)));
        }
        return privileges;
    }
}
