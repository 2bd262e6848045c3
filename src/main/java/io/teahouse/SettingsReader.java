package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads and checks settings one by one, by their paths under {@code teahouse}. For a wrong value it notes the problem and returns an
 * allowed one, so that all problems are reported at once.
 */
final class SettingsReader {
    private static final String ROOT = "teahouse.";

    /** A time has a unit, unless it is 0. */
    private static final Pattern TIME = Pattern.compile("[+-]?[0-9.]+\\s*[A-Za-z]+|0+");

    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>();

    SettingsReader(Config config) {
        this.config = config;
    }

    /** One line for each wrong setting: its path, its value, and what is allowed. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Notes a wrong setting, once. */
    void wrong(String path, String allowed) {
        problems.add("the setting " + ROOT + path + " has the value " + shown(path) + "; allowed: " + allowed);
    }

    private String shown(String path) {
        String value = config.hasPath(ROOT + path) ? Secrets.shown(path, config.getValue(ROOT + path)) : "(none)";
        return value.codePoints().anyMatch(Character::isISOControl) ? "(with control characters)" : value;
    }

    private <T> T read(String path, String allowed, T otherwise, Supplier<T> value) {
        try {
            return value.get();
        } catch (ConfigException | ArithmeticException e) {
            wrong(path, allowed);
            return otherwise;
        }
    }

    boolean onOff(String path) {
        return read(path, "on, off", false, () -> config.getBoolean(ROOT + path));
    }

    String text(String path) {
        return read(path, "a text", "", () -> config.getString(ROOT + path));
    }

    /** Whether the value is {@code auto}: the server chooses. */
    boolean isAuto(String path) {
        return read(
                path,
                "auto, or a value",
                false,
                () -> config.getString(ROOT + path).equals("auto"));
    }

    List<String> texts(String path) {
        return read(path, "a list of texts", List.of(), () -> config.getStringList(ROOT + path));
    }

    List<? extends Config> objects(String path) {
        return read(path, "a list of objects", List.of(), () -> config.getConfigList(ROOT + path));
    }

    int number(String path, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return within(path, allowed, read(path, allowed, (long) min, () -> wholeNumber(path)), min, max);
    }

    /** {@code getLong} would truncate 1.5 to 1. */
    private long wholeNumber(String path) {
        double value = config.getDouble(ROOT + path);
        if (value != Math.rint(value)) {
            throw new ArithmeticException("not whole");
        }
        return (long) value;
    }

    int bytes(String path, int min, int max) {
        String allowed = "a size from " + min + " to " + max + " bytes, such as 64 KiB";
        return within(path, allowed, read(path, allowed, (long) min, () -> config.getBytes(ROOT + path)), min, max);
    }

    /** A size of any magnitude. */
    long size(String path, long min) {
        String allowed = "a size from " + min + " bytes, such as 1 GiB";
        long bytes = read(path, allowed, min, () -> config.getBytes(ROOT + path));
        if (bytes < min) {
            wrong(path, allowed);
        }
        return bytes;
    }

    /** A size, or a share of the heap as the JVM was started. */
    long memory(String path, long min) {
        String allowed = "a size from " + min + " bytes, such as 64 MiB, or a share of the heap, such as 25%";
        long bytes = read(path, allowed, min, () -> memory(path));
        if (bytes < min) {
            wrong(path, allowed);
            return min;
        }
        return bytes;
    }

    private long memory(String path) {
        String text = config.getString(ROOT + path).strip();
        if (!text.endsWith("%")) {
            return config.getBytes(ROOT + path);
        }
        try {
            double share = Double.parseDouble(text.substring(0, text.length() - 1));
            if (share > 0 && share <= 100) {
                return (long) (Runtime.getRuntime().maxMemory() / 100.0 * share);
            }
        } catch (NumberFormatException e) {
            // treated like a share out of range
        }
        throw new ArithmeticException("no share");
    }

    private int within(String path, String allowed, long value, int min, int max) {
        if (value < min || value > max) {
            wrong(path, allowed);
            return min;
        }
        return (int) value;
    }

    double fraction(String path, double min, double max) {
        String allowed = String.format(Locale.ROOT, "a number from %s to %s", min, max);
        double value = read(path, allowed, min, () -> config.getDouble(ROOT + path));
        if (!(value >= min && value <= max)) { // also if it is NaN
            wrong(path, allowed);
        }
        return value;
    }

    Duration time(String path, Duration min, Duration max) {
        String allowed = "a time from " + shown(min) + " to " + shown(max) + " with its unit, such as 30 s";
        Duration value = read(path, allowed, min, () -> duration(config, ROOT + path));
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            wrong(path, allowed);
        }
        return value;
    }

    /**
     * A duration somewhere in the settings.
     *
     * @throws ConfigException if it is not a duration, or has no unit: the library would read milliseconds where
     *     people mean seconds
     */
    static Duration duration(Config config, String path) {
        if (!TIME.matcher(config.getString(path).strip()).matches()) {
            throw new ConfigException.BadValue(path, "a duration needs a number and a unit, such as 30 s");
        }
        return config.getDuration(path);
    }

    /** Reports unknown keys of a list's element, which are probably misspelt. */
    void refuseUnknown(String path, Config element, Set<String> known) {
        for (String key : element.root().keySet()) {
            if (!known.contains(key)) {
                problems.add("the setting " + ROOT + path + " has an element with the key " + key + "; allowed: "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    <E extends Enum<E>> E oneOf(String path, Class<E> type) {
        List<String> names = new ArrayList<>();
        String value = text(path);
        for (E each : type.getEnumConstants()) {
            String name = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(value)) {
                return each;
            }
            names.add(name);
        }
        wrong(path, String.join(", ", names));
        return type.getEnumConstants()[0];
    }
}
