package io.teahouse.tool.load;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The one receive buffer that all connections of a thread share: {@link #read} one of them, walk its lines with
 * {@link #advance}, then {@link #keep} the rest for its next turn. Lines are handed out as positions, not copies.
 */
final class LineBuffer {
    private static final int READ = 256 * 1024;
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = '\n' * ONES;
    /** Little-endian, so that the first hit of the search below is the lowest bit and no borrow can fake one. */
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int longest;
    private final ByteBuffer bytes;
    private int begin;
    private int end;
    private int next;
    private int filled;

    /** A buffer for lines of which at most {@code longest} bytes may be waiting for their end. */
    LineBuffer(int longest) {
        this.longest = longest;
        bytes = ByteBuffer.allocateDirect(longest + READ);
    }

    /** Reads once; returns the bytes that came in, -1 at the end of the stream. */
    int read(SocketChannel channel, Tail tail) throws IOException {
        bytes.clear().limit(tail.length() + READ);
        tail.appendTo(bytes);
        int count = channel.read(bytes);
        next = 0;
        filled = bytes.position();
        return count;
    }

    /** Goes to the next whole line; false if there is none. */
    boolean advance() {
        int newline = newline(next);
        if (newline < 0) {
            return false;
        }
        begin = next;
        end = newline > begin && bytes.get(newline - 1) == '\r' ? newline - 1 : newline;
        next = newline + 1;
        return true;
    }

    /** Keeps what is left after the last line; false if it is longer than any line may be. */
    boolean keep(Tail tail) {
        if (filled - next > longest) {
            return false;
        }
        tail.set(bytes, next, filled);
        return true;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int begin() {
        return begin;
    }

    /** The end of the line, exclusive, without its line end. */
    int end() {
        return end;
    }

    boolean startsWith(byte[] word) {
        boolean same = end - begin >= word.length;
        for (int i = 0; same && i < word.length; i++) {
            same = bytes.get(begin + i) == word[i];
        }
        return same;
    }

    /** The current line as text, without its first {@code skip} bytes. */
    String text(int skip) {
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
