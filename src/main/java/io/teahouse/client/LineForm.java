package io.teahouse.client;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the lines of a dialect are put into bytes for its transport. It is part of the variant of a rendering, so that an
 * event is encoded once for all connections of the same form, with the header of its frame.
 */
public enum LineForm {
    /** Each line ends with CRLF. */
    CRLF,
    /** Each line is one text frame of a WebSocket, without its CRLF (IRCv3 websocket, {@code text.ircv3.net}). */
    TEXT_FRAMES,
    /** The same in binary frames ({@code binary.ircv3.net}). */
    BINARY_FRAMES;

    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int LONGEST_HEADER = 10;

    /** Encodes lines, each of which ends with CRLF. The result is always valid UTF-8, apart from frame headers. */
    public ByteString encode(CharSequence lines) {
        return ByteString.fromArrayUnsafe(bytes(lines.toString()));
    }

    /** The same as an array that belongs to the caller. */
    public byte[] bytes(String lines) {
        byte[] utf8 = lines.getBytes(StandardCharsets.UTF_8);
        return this == CRLF ? utf8 : frames(utf8);
    }

    /** Whether a line is a frame of a WebSocket. */
    public boolean isFramed() {
        return this != CRLF;
    }

    private byte[] frames(byte[] lines) {
        byte[] frames = new byte[lines.length + LONGEST_HEADER];
        int size = 0;
        int start = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                int end = i > start && lines[i - 1] == '\r' ? i - 1 : i;
                if (frames.length - size < end - start + LONGEST_HEADER) { // only with many short lines
                    frames = Arrays.copyOf(frames, 2 * (size + end - start + LONGEST_HEADER));
                }
                size = frame(lines, start, end, frames, size);
                start = i + 1;
            }
        }
        return size == frames.length ? frames : Arrays.copyOf(frames, size);
    }

    /** Appends a frame that is not masked and not fragmented (RFC 6455 §5.2); returns the new size. */
    private int frame(byte[] lines, int start, int end, byte[] frames, int size) {
        int length = end - start;
        int at = size;
        frames[at++] = (byte) (FIN | (this == TEXT_FRAMES ? TEXT : BINARY));
        if (length < SHORT) {
            frames[at++] = (byte) length;
        } else if (length <= 0xFFFF) {
            frames[at++] = SHORT;
            frames[at++] = (byte) (length >> 8);
            frames[at++] = (byte) length;
        } else {
            frames[at++] = LONG;
            at += Integer.BYTES; // zeros
            frames[at++] = (byte) (length >> 24);
            frames[at++] = (byte) (length >> 16);
            frames[at++] = (byte) (length >> 8);
            frames[at++] = (byte) length;
        }
        System.arraycopy(lines, start, frames, at, length);
        return at + length;
    }
}
