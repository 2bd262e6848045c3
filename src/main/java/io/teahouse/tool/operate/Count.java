package io.teahouse.tool.operate;

/** How many of something, in words. */
final class Count {
    private Count() {}

    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
