package io.teahouse;

import java.util.Map;

/**
 * What the server logs, and how.
 *
 * @param format of each event
 * @param level of events from which on they are logged
 * @param levels the same for certain loggers, by their names; a name stands for those below it, too
 */
record LogSettings(Format format, Level level, Map<String, Level> levels) {
    /** As SLF4J has them. Those of Logback, which the server logs by, an application may not have. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    /** How an event is written: one line, apart from stack traces in text. */
    enum Format {
        /** For people. */
        TEXT,
        /** {@code key=value}, as logfmt has it. */
        PAIRS,
        /** One JSON object. */
        JSON
    }
}
