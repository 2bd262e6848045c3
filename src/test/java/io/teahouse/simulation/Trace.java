package io.teahouse.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What has happened in a simulation, for whoever looks into a failure. */
final class Trace {
    private final List<String> lines = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    /** Something has happened that must not. */
    void violation(String format, Object... values) {
        String what = String.format(Locale.ROOT, format, values);
        violations.add(what);
        lines.add("VIOLATION: " + what);
    }

    List<String> violations() {
        return violations;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
