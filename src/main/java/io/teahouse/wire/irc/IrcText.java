package io.teahouse.wire.irc;

import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes to text and text to bytes, and how long a text is in a line. */
public final class IrcText {
    private IrcText() {}

    /** Empty if it is no UTF-8 (IRCv3 utf8-only). */
    public static Optional<String> decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                try {
                    return Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
                } catch (CharacterCodingException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1)); // ASCII only
    }

    static ByteString encode(CharSequence text) {
        return ByteString.fromArrayUnsafe(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes of UTF-8. */
    public static int size(CharSequence text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                size++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                size += 2; // a pair is four
            } else {
                size += 3;
            }
        }
        return size;
    }

    /** As much of the text as fits, cut between characters. */
    public static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int end = fitting(text, 0, maxBytes);
        return end == text.length() ? text : text.substring(0, end);
    }

    /** The text in pieces that fit; one empty piece of an empty text. */
    static List<String> split(String text, int maxBytes) {
        List<String> pieces = new ArrayList<>(1);
        int from = 0;
        do {
            int to = Math.max(fitting(text, from, maxBytes), Math.min(from + 1, text.length()));
            pieces.add(text.substring(from, to));
            from = to;
        } while (from < text.length());
        return pieces;
    }

    private static int fitting(String text, int from, int maxBytes) {
        int size = 0;
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (size > maxBytes) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Without what would end a line or a parameter early. */
    static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
            }
        }
        return text;
    }
}
