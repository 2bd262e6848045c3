package io.teahouse.wire.irc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts between bytes and text, and measures and cuts text in bytes of UTF-8. */
public final class IrcText {
    private IrcText() {}

    /** Decodes UTF-8; empty if it is malformed (IRCv3 utf8-only). */
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

    /** The size of a text in bytes of UTF-8. */
    public static int size(CharSequence text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                size++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                size += 2; // a surrogate pair takes four bytes
            } else {
                size += 3;
            }
        }
        return size;
    }

    /** The longest prefix of a text that fits into {@code maxBytes}, cut between characters. */
    public static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int end = fitting(text, 0, maxBytes);
        return end == text.length() ? text : text.substring(0, end);
    }

    /** Splits a text into pieces of at most {@code maxBytes}; an empty text gives one empty piece. */
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

    /** Replaces the characters that would end the line. */
    static String oneLine(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
            return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
        }
        return text;
    }
}
