package io.teahouse;

import io.teahouse.LogSettings.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of the log. */
final class LogReader {
    private static final String PACKAGE = "io.teahouse.";

    private LogReader() {}

    static LogSettings read(SettingsReader read) {
        Map<String, Level> levels = new LinkedHashMap<>();
        for (String each : read.texts("log.levels")) {
            int equals = each.indexOf('=');
            String area = each.substring(0, Math.max(0, equals)).strip();
            Optional<Level> level = level(each.substring(equals + 1));
            if (area.isEmpty() || level.isEmpty()) {
                read.wrong("log.levels", "a list of areas and levels such as \"net=debug\"");
            } else {
                levels.put(logger(area), level.get());
            }
        }
        Optional<Level> level = level(read.text("log.level"));
        if (level.isEmpty()) {
            read.wrong("log.level", "one of trace, debug, info, warn, error, off");
        }
        return new LogSettings(read.oneOf("log.format", LogSettings.Format.class), level.orElse(Level.INFO), levels);
    }

    private static Optional<Level> level(String name) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** A name without dots is that of a package of ours. */
    private static String logger(String area) {
        return area.indexOf('.') < 0 ? PACKAGE + area : area;
    }
}
