package io.teahouse.tool.operate;

import java.io.IOException;

/**
 * One JSON object (RFC 8259) on one line, written field by field. Empty texts and false flags are left out. Everything in it is
 * ASCII but for letters that stand for themselves; halves of surrogate pairs, which are no text in UTF-8, are escaped.
 */
final class JsonLine {
    private static final char FIRST_PRINTABLE = ' ';
    private static final char DELETE = 0x7f;
    /** JSON allows them, and some that read lines do not. */
    private static final String LINE_ENDS = "\u0085\u2028\u2029";

    private final StringBuilder line = new StringBuilder("{");

    JsonLine text(String name, String value) {
        if (!value.isEmpty()) {
            name(name);
            quote(value);
        }
        return this;
    }

    JsonLine number(String name, long value) {
        name(name);
        line.append(value);
        return this;
    }

    JsonLine flag(String name, boolean value) {
        if (value) {
            name(name);
            line.append(true);
        }
        return this;
    }

    JsonLine texts(String name, Iterable<String> values) {
        name(name);
        char before = '[';
        for (String value : values) {
            line.append(before);
            quote(value);
            before = ',';
        }
        line.append(before == '[' ? "[]" : "]");
        return this;
    }

    void writeTo(Appendable out) throws IOException {
        out.append(line).append("}\n");
    }

    private void name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        quote(name);
        line.append(':');
    }

    private void quote(String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c < FIRST_PRINTABLE || c == DELETE || LINE_ENDS.indexOf(c) >= 0 || isLoneSurrogate(value, i)) {
                line.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static boolean isLoneSurrogate(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }
}
