package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Reads settings and goes on after a wrong one, so that all of them can be named at once. */
final class SettingsReader {
    private static final String ROOT = "teahouse.";

    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>();

    SettingsReader(Config config) {
        this.config = config;
    }

    /** One line for each wrong setting: its name, its value, and what is allowed. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    void wrong(String path, String allowed) {
        problems.add("the setting " + ROOT + path + " has the value " + shown(path) + "; allowed: " + allowed);
    }

    private String shown(String path) {
        String value = config.hasPath(ROOT + path)
                ? config.getValue(ROOT + path).render(ConfigRenderOptions.concise())
                : "(none)";
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

    /** {@code getLong} would cut 1.5 down to 1. */
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
        if (value < min || value > max) {
            wrong(path, allowed);
        }
        return value;
    }

    Duration time(String path, Duration min, Duration max) {
        String allowed = "a time from " + shown(min) + " to " + shown(max) + ", such as 30 s";
        Duration value = read(path, allowed, min, () -> config.getDuration(ROOT + path));
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            wrong(path, allowed);
        }
        return value;
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    <E extends Enum<E>> E oneOf(String path, Class<E> type) {
        List<String> names = new ArrayList<>();
        String value = text(path);
        for (E each : type.getEnumConstants()) {
            String name = each.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return each;
            }
            names.add(name);
        }
        wrong(path, String.join(", ", names));
        return type.getEnumConstants()[0];
    }
}
