package io.teahouse.tool.client;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The receive buffer that all connections of a thread share: {@link #read} one of them, walk its lines with
 * {@link #advance}, then {@link #keep} the rest for its next turn. A line is given as positions in the buffer, not copied.
 */
public final class LineBuffer {
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = '\n' * ONES;
    /** Little-endian, so that the first hit of the search below is the lowest bit and no borrow can fake one. */
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int longest;
    private final int read;
    private final ByteBuffer bytes;
    private int begin;
    private int end;
    private int next;
    private int filled;

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
    public int read(Connection connection) throws IOException {
        PartialLine partial = connection.partialLine();
        bytes.clear().limit(partial.length() + read);
        partial.appendTo(bytes);
        int count = connection.channel().read(bytes);
        next = 0;
        filled = bytes.position();
        return count;
    }

    /** Goes to the next complete line; false if there is none. */
    public boolean advance() {
        int newline = newline(next);
        if (newline < 0) {
            return false;
        }
        begin = next;
        end = newline > begin && bytes.get(newline - 1) == '\r' ? newline - 1 : newline;
        next = newline + 1;
        return true;
    }

    /** Keeps the start of a line that is not complete; false if it is longer than any line may be. */
    public boolean keep(Connection connection) {
        if (filled - next > longest) {
            return false;
        }
        connection.partialLine().set(bytes, next, filled);
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
