package io.teahouse.tool.figures;

/**
 * When, where and how values were measured, as the page shows it.
 *
 * @param command that was run
 */
record Origin(String date, String commit, String machine, String command) {
    static final Origin NONE = new Origin("", "", "", "");
}
