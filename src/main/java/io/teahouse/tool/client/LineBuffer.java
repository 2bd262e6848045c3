package io.teahouse.tool.client;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The receive buffer that all connections of a thread share: {@link #read} one of them, walk its lines with
 * {@link #advance}, then {@link #keep} the rest for its next turn. A line is given as positions in the buffer, not copied.
 * On a WebSocket a line is the payload of a frame; servers do not mask them.
 */
public final class LineBuffer {
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = '\n' * ONES;
    /** Little-endian, so that the first hit of the search below is the lowest bit and no borrow can fake one. */
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Opcodes of RFC 6455 §11.8. */
    private static final int TEXT = 1;

    private static final int FIRST_CONTROL = 8;
    private static final int PING = 9;

    private static final int OPCODE = 0x0F;
    private static final int LENGTH = 0x7F;
    private static final int SHORT_HEAD = 2;
    private static final int MEDIUM = 126;
    private static final int MEDIUM_HEAD = 4;
    private static final int LONG_HEAD = 10;

    private final int longest;
    private final int read;
    private final ByteBuffer bytes;
    private int begin;
    private int end;
    private int next;
    private int filled;
    private int opcode = TEXT;

    /** The one that was read. */
    private @Nullable Connection connection;

    /**
     * Makes a buffer.
     *
     * @param longest the most bytes of a line that is not complete yet
     * @param read the most bytes that are read at once
     */
    public LineBuffer(int longest, int read) {
        this.longest = longest;
        this.read = read;
        bytes = ByteBuffer.allocateDirect(longest + read);
    }

    /** Reads once; returns the number of bytes that came in, -1 at the end of the stream. */
    public int read(Connection from) throws IOException {
        connection = from;
        PartialLine partial = from.partialLine();
        bytes.clear().limit(partial.length() + read);
        partial.appendTo(bytes);
        int count = from.channel().read(bytes);
        next = 0;
        opcode = TEXT;
        filled = bytes.position();
        return count;
    }

    /** Goes to the next complete line; false if there is none. */
    public boolean advance() {
        if (connection != null && connection.isFramed()) {
            return advanceFrame();
        }
        int newline = newline(next);
        if (newline < 0) {
            return false;
        }
        begin = next;
        end = newline > begin && bytes.get(newline - 1) == '\r' ? newline - 1 : newline;
        next = newline + 1;
        return true;
    }

    private boolean advanceFrame() {
        int available = filled - next;
        int length = available < SHORT_HEAD ? LENGTH : bytes.get(next + 1) & LENGTH;
        int head = length < MEDIUM ? SHORT_HEAD : length == MEDIUM ? MEDIUM_HEAD : LONG_HEAD;
        if (available < head) {
            return false;
        }
        long size = head == SHORT_HEAD
                ? length
                : head == MEDIUM_HEAD ? bytes.getShort(next + 2) & 0xFFFF : bytes.getLong(next + 2);
        if (size < 0 || size > available - head) {
            return false;
        }
        opcode = bytes.get(next) & OPCODE;
        begin = next + head;
        end = begin + (int) size;
        next = end;
        return true;
    }

    /** Whether the current line is no line, but a control frame of a WebSocket. */
    public boolean isControl() {
        return opcode >= FIRST_CONTROL;
    }

    /** Whether the current line is a ping of a WebSocket. */
    public boolean isPing() {
        return opcode == PING;
    }

    /** Keeps the start of a line that is not complete; false if it is longer than any line may be. */
    public boolean keep(Connection of) {
        if (filled - next > longest) {
            return false;
        }
        of.partialLine().set(bytes, next, filled);
        return true;
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    /** Where the current line begins in {@link #bytes}. */
    public int begin() {
        return begin;
    }

    /** Where the current line ends, exclusive, its CR and LF not counted. */
    public int end() {
        return end;
    }

    public boolean startsWith(byte[] word) {
        boolean same = end - begin >= word.length;
        for (int i = 0; same && i < word.length; i++) {
            same = bytes.get(begin + i) == word[i];
        }
        return same;
    }

    /** The current line as text. */
    public String text() {
        return text(0);
    }

    /** The current line as text, without its first {@code skip} bytes. */
    public String text(int skip) {
        return StandardCharsets.UTF_8
                .decode(bytes.slice(begin + skip, end - begin - skip))
                .toString();
    }

    /** The position of the next newline, or -1. Eight bytes at a step: Java has no memchr for buffers. */
    private int newline(int from) {
        int at = from;
        for (; at + Long.BYTES <= filled; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at) ^ NEWLINES;
            long hits = (word - ONES) & ~word & (ONES << 7);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; at < filled; at++) {
            if (bytes.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
