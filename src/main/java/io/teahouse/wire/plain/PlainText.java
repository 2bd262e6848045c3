package io.teahouse.wire.plain;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Converts between bytes and text, and removes characters that could spoof or disturb a terminal. */
final class PlainText {
    /** Replaces malformed UTF-8 and harmful characters. */
    private static final char REPLACEMENT = '\uFFFD';

    /** "Interpret as command", RFC 854. */
    static final int IAC = 0xFF;

    private static final int SUBNEGOTIATION = 0xFA;
    private static final int SUBNEGOTIATION_END = 0xF0;
    private static final int FIRST_WITH_OPTION = 0xFB;

    private PlainText() {}

    /**
     * Decodes a line: removes telnet commands, replaces malformed UTF-8 and {@linkplain #isHarmful harmful characters}.
     */
    static String decode(ByteString line) {
        byte[] bytes = line.toArray();
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7F) {
                return clean(new String(withoutTelnet(bytes), StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1); // printable ASCII only
    }

    static ByteString encode(CharSequence text) {
        return ByteString.fromArrayUnsafe(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces characters that could move the cursor, colour the screen, or reverse the writing direction. */
    static String clean(String text) {
        if (text.chars().noneMatch(PlainText::isHarmful)) {
            return text;
        }
        StringBuilder cleaned = new StringBuilder(text.length());
        text.chars().forEach(c -> cleaned.append(isHarmful(c) ? REPLACEMENT : (char) c));
        return cleaned.toString();
    }

    private static boolean isHarmful(int c) {
        return (Character.isISOControl(c) && c != '\t')
                || c == 0x2028
                || c == 0x2029
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static byte[] withoutTelnet(byte[] bytes) {
        byte[] kept = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) == IAC) {
                i = endOfCommand(bytes, i + 1);
            } else if (bytes[i] != 0) { // telnet sends CR NUL for a bare CR
                kept[length++] = bytes[i];
            }
        }
        return Arrays.copyOf(kept, length);
    }

    /** Whether {@code bytes} end inside a telnet subnegotiation. */
    static boolean endsInSubnegotiation(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if ((bytes[i] & 0xFF) == IAC) {
                boolean subnegotiation = i + 1 < bytes.length && (bytes[i + 1] & 0xFF) == SUBNEGOTIATION;
                i = endOfCommand(bytes, i + 1);
                if (subnegotiation && i == bytes.length) {
                    return true;
                }
            }
            i++;
        }
        return false;
    }

    /** The index of the last byte of the telnet command whose code stands at {@code at}. */
    static int endOfCommand(byte[] bytes, int at) {
        if (at >= bytes.length) {
            return at;
        }
        int code = bytes[at] & 0xFF;
        if (code == SUBNEGOTIATION) {
            int end = at + 1;
            while (end < bytes.length
                    && !((bytes[end - 1] & 0xFF) == IAC && (bytes[end] & 0xFF) == SUBNEGOTIATION_END)) {
                end++;
            }
            return end;
        }
        return code >= FIRST_WITH_OPTION && code < IAC ? at + 1 : at;
    }

    /** Splits off the first word. Returns one string, or two if white space follows the word. */
    static String[] firstWord(String text) {
        int end = 0;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        if (end == text.length()) {
            return new String[] {text};
        }
        int rest = end;
        while (rest < text.length() && isBlank(text.charAt(rest))) {
            rest++;
        }
        return new String[] {text.substring(0, end), text.substring(rest)};
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
