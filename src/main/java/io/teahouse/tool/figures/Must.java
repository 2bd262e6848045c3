package io.teahouse.tool.figures;

/**
 * What the project wants a figure, or its ratio to that of another server, to be.
 *
 * @param atMost whether lower is better
 */
record Must(boolean atMost, double limit) {
    static Must atMost(double limit) {
        return new Must(true, limit);
    }

    static Must atLeast(double limit) {
        return new Must(false, limit);
    }

    boolean isMissedBy(double value) {
        return atMost ? value > limit : value < limit;
    }

    /** The value, bold if it misses, with the target. */
    String judge(String text, double value) {
        String shown = isMissedBy(value) ? "**" + text + "**" : text;
        return shown + " (must: " + (atMost ? "≤ " : "≥ ") + Numbers.text(limit) + ")";
    }
}
