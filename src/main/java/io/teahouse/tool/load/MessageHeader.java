package io.teahouse.tool.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * What every message begins with, in ASCII so that it survives any chat server: {@code ~} and six random letters (the
 * run's marker), the kind (one character), the sender (5 hex digits), its sequence number (8) and the time in
 * nanoseconds since the run began (12).
 */
final class MessageHeader {
    static final int LENGTH = 33;

    private static final int MARKER = 7;
    private static final int SENDER = 8;
    private static final int SEQ = 13;
    private static final int TIME = 21;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] marker = new byte[MARKER];
    private final long markerBits;

    MessageHeader(Random random) {
        marker[0] = '~';
        long bits = '~';
        for (int i = 1; i < MARKER; i++) {
            marker[i] = (byte) ('a' + random.nextInt(26));
            bits = bits << 8 | marker[i];
        }
        markerBits = bits;
    }

    void write(byte[] to, char kind, int sender, long seq, long nanos) {
        System.arraycopy(marker, 0, to, 0, MARKER);
        to[MARKER] = (byte) kind;
        putHex(to, SENDER, SEQ, sender);
        putHex(to, SEQ, TIME, seq);
        putHex(to, TIME, LENGTH, nanos);
    }

    /** Whether this run's marker stands at {@code at}; the buffer must hold eight bytes from there. */
    boolean isAt(ByteBuffer in, int at) {
        return (long) LONGS.get(in, at) >>> 8 == markerBits;
    }

    /** Where a whole header begins in {@code from..to}, or -1: for servers that add to the end of a line. */
    int find(ByteBuffer in, int from, int to) {
        for (int at = from; at <= to - LENGTH; at++) {
            if (isAt(in, at)) {
                return at;
            }
        }
        return -1;
    }

    static char kind(ByteBuffer in, int at) {
        return (char) in.get(at + MARKER);
    }

    static int sender(ByteBuffer in, int at) {
        return (int) hexEndingAt(in, at + SEQ) & 0xFFFFF;
    }

    static long seq(ByteBuffer in, int at) {
        return hexEndingAt(in, at + TIME);
    }

    static long time(ByteBuffer in, int at) {
        return (hexEndingAt(in, at + LENGTH - 8) & 0xFFFF) << 32 | hexEndingAt(in, at + LENGTH);
    }

    /** Eight hex digits at once: each byte to its nibble, then neighbours together, three times. */
    private static long hexEndingAt(ByteBuffer in, int end) {
        long text = (long) LONGS.get(in, end - 8);
        long nibbles = (text & 0x0F0F0F0F0F0F0F0FL) + 9 * ((text >>> 6) & 0x0101010101010101L);
        long bytes = (nibbles | nibbles >>> 4) & 0x00FF00FF00FF00FFL;
        long pairs = (bytes | bytes >>> 8) & 0x0000FFFF0000FFFFL;
        return (pairs | pairs >>> 16) & 0xFFFFFFFFL;
    }

    private static void putHex(byte[] to, int begin, int end, long value) {
        long rest = value;
        for (int i = end - 1; i >= begin; i--, rest >>>= 4) {
            to[i] = (byte) Character.forDigit((int) rest & 15, 16);
        }
    }
}
