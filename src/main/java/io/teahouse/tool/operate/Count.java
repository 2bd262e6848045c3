package io.teahouse.tool.operate;

/** A number with its noun, which is in the plural unless the number is 1. */
final class Count {
    private Count() {}

    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
