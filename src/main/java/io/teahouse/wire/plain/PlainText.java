package io.teahouse.wire.plain;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes to text and text to bytes, so that nothing reaches a terminal that could imitate or disturb. */
final class PlainText {
    /** Shown for bytes that are no UTF-8, and for characters that are not shown. */
    private static final char REPLACEMENT = '\uFFFD';

    /** "Interpret as command", RFC 854. */
    static final int IAC = 0xFF;

    private static final int SUBNEGOTIATION = 0xFA;
    private static final int SUBNEGOTIATION_END = 0xF0;
    private static final int FIRST_WITH_OPTION = 0xFB;

    private PlainText() {}

    /** The text of a line: telnet's negotiation left out, malformed UTF-8 and {@linkplain #isHarmful} replaced. */
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

    /** Replaces what could move the cursor, colour the screen, or turn the direction of writing. */
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

    /** Whether it ends within a subnegotiation of telnet. */
    static boolean isCut(byte[] bytes) {
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

    /** The first word and, where white space comes after it, what follows that: one or two texts. */
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
