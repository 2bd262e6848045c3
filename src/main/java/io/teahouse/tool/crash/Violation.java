package io.teahouse.tool.crash;

/**
 * A promise that was not kept.
 *
 * @param what names the message, and where it was seen
 */
record Violation(Promise promise, String room, String what) {
    @Override
    public String toString() {
        return "#" + room + ": " + what;
    }
}
