package io.teahouse.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON (RFC 8259): strings, and objects whose values are strings. What is written is printable, and text in UTF-8: control
 * characters, other ends of lines, and halves of surrogate pairs are escaped.
 */
public final class JsonText {
    private static final char FIRST_PRINTABLE = ' ';
    private static final char DELETE = 0x7f;
    /** JSON allows these characters unescaped, but some line-based programs treat them as line ends. */
    private static final String LINE_ENDS = "\u0085\u2028\u2029";

    private static final int DIGITS = 4;
    private static final int HEXADECIMAL = 16;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** Writes a string, in quotes. */
    public static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < FIRST_PRINTABLE || c == DELETE || LINE_ENDS.indexOf(c) >= 0 || isLoneSurrogate(value, i)) {
                out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 1 + DIGITS);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** Writes an object, in the map's order. */
    public static void object(Map<String, String> values, StringBuilder out) {
        char before = '{';
        for (Map.Entry<String, String> each : values.entrySet()) {
            out.append(before);
            quote(each.getKey(), out);
            out.append(':');
            quote(each.getValue(), out);
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    /**
     * Reads an object whose values are strings; of several values under one name, the last.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Map<String, String> parseObject(String text) {
        JsonText json = new JsonText(text);
        Map<String, String> values = json.object();
        if (json.next() != 0) {
            throw json.unexpected();
        }
        return values;
    }

    private Map<String, String> object() {
        Map<String, String> values = new LinkedHashMap<>();
        expect('{');
        if (next() != '}') {
            pair(values);
            while (next() == ',') {
                at++;
                pair(values);
            }
        }
        expect('}');
        return values;
    }

    private void pair(Map<String, String> values) {
        String name = string();
        expect(':');
        values.put(name, string());
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            value.append(c == '\\' ? escaped(take()) : c);
        }
        return value.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            case '"', '\\', '/' -> c;
            default -> throw unexpected();
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = Character.digit(take(), HEXADECIMAL);
            if (digit < 0) {
                throw unexpected();
            }
            code = HEXADECIMAL * code + digit;
        }
        return (char) code;
    }

    private char take() {
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at++);
    }

    /** Peeks at the next character that is not a blank; NUL at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at == text.length() ? 0 : text.charAt(at);
    }

    private void expect(char c) {
        if (next() != c) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("not a JSON object of strings at " + at + ": " + text);
    }
}
