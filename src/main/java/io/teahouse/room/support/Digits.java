package io.teahouse.room.support;

import java.util.OptionalInt;

/**
 * Reads whole numbers that clients send: digits of ASCII and nothing else, without regular expressions or exceptions.
 */
public final class Digits {
    /** That many digits always fit into an int. */
    private static final int MOST = 9;

    private Digits() {}

    /** Whether the text is 1 to {@code most} digits. */
    public static boolean are(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Parses a number from 0 to 999,999,999 of at most nine digits; empty if it is none. */
    public static OptionalInt parse(String text) {
        return are(text, MOST) ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** Parses a number from 1 to 999,999,999 with any number of leading zeros; empty if it is none. */
    public static OptionalInt parsePositive(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == '0') {
            first++;
        }
        return parse(text.substring(first));
    }
}
