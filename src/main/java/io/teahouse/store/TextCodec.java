package io.teahouse.store;

/**
 * Encodes strings for the database. What a database cannot hold or would change is escaped: NUL, unpaired surrogates,
 * and the escape character DLE itself become DLE and four hexadecimal digits.
 */
final class TextCodec {
    private static final char ESCAPE = '\u0010';
    private static final int DIGITS = 4;

    private TextCodec() {}

    static String encode(String text) {
        int first = 0;
        while (first < text.length() && !isSpecial(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpecial(text, i)) {
                encoded.append(ESCAPE).append(Integer.toHexString(0x10000 + c), 1, 1 + DIGITS);
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    static String decode(String kept) {
        int at = kept.indexOf(ESCAPE);
        if (at < 0) {
            return kept;
        }
        StringBuilder text = new StringBuilder(kept.length());
        int from = 0;
        while (at >= 0) {
            int end = at + 1 + DIGITS;
            text.append(kept, from, at).append((char) Integer.parseInt(kept, at + 1, end, 16));
            from = end;
            at = kept.indexOf(ESCAPE, from);
        }
        return text.append(kept, from, kept.length()).toString();
    }

    private static boolean isSpecial(String text, int i) {
        char c = text.charAt(i);
        if (c > ESCAPE && !Character.isSurrogate(c)) {
            return false;
        } else if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        } else if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == ESCAPE || c == 0;
    }
}
