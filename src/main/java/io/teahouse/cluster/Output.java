package io.teahouse.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes one message: numbers of variable length, texts and times. Values that occur several times are written once;
 * {@link Input} reads them back by the same rules. For one thread.
 */
final class Output {
    private static final int SHORTEST_SHARED = 3;
    private static final int LONGEST_SHARED = 64;

    /** The longest part of a text that is numbered: a reader has to copy it wherever a byte refers to it. */
    private static final int LONGEST_PART = 512;

    /** How an {@link Instant} is written, in the lowest bits of its first number. */
    static final int MILLIS = 0;

    static final int NANOS = 1;
    static final int SECONDS = 2;
    static final int TIME_BITS = 2;

    static final int NANOS_PER_MILLI = 1_000_000;
    static final int MILLIS_PER_SECOND = 1000;

    /** Times within this many seconds of 1970 are written in milliseconds. */
    private static final long MOST_SECONDS = Long.MAX_VALUE >> 16;

    private static final int INITIAL = 512;
    private static final int PLAIN = 0x80;
    private static final int LONGEST_VARINT = 10;
    private static final int VARINT_BITS = 7;

    /** A text of fewer characters, if all are ASCII, has a length of one byte. */
    private static final int SHORT = 64;

    private byte[] bytes = new byte[INITIAL];
    private int size;
    private final ReferenceTable texts = new ReferenceTable();
    private final ReferenceTable values = new ReferenceTable();
    private long lastMillis;

    /** @param version of the table of message types, see {@link MessageTypes#version} */
    Output(int version) {
        writeByte(version);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }

    void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    void writeBytes(byte[] some) {
        ensure(some.length);
        System.arraycopy(some, 0, bytes, size, some.length);
        size += some.length;
    }

    /** Seven bits to a byte, the lowest first; meant for numbers that are not negative. */
    void writeVarint(long value) {
        if ((value & -PLAIN) == 0) {
            writeByte((int) value);
            return;
        }
        ensure(LONGEST_VARINT);
        long rest = value;
        while ((rest & -PLAIN) != 0) {
            bytes[size++] = (byte) (rest | PLAIN);
            rest >>>= VARINT_BITS;
        }
        bytes[size++] = (byte) rest;
    }

    /** Numbers near 0 are short, whatever their sign (zig-zag). */
    void writeLong(long value) {
        writeVarint(value << 1 ^ value >> (Long.SIZE - 1));
    }

    /** A text that may occur again. */
    void writeText(String text) {
        writeText(text, isShared(text));
    }

    /** Whether a text is numbered, so that it need not be written again. */
    static boolean isShared(String text) {
        int length = text.length();
        return length >= SHORTEST_SHARED && length <= LONGEST_SHARED;
    }

    /** Whether a part of a text, such as a path without its last name, may be numbered. */
    static boolean isPart(String text) {
        return text.length() <= LONGEST_PART;
    }

    /** @param shared whether it is numbered if it is not too long, which {@link Input} has to know, too */
    void writeText(String text, boolean shared) {
        int number = shared && isPart(text) ? texts.find(text) : -1;
        if (number >= 0) {
            writeVarint((long) number << 1 | 1);
        } else if (!writePlain(text)) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            writeVarint((long) encoded.length << 1);
            writeBytes(encoded);
        }
    }

    /** Writes a short text of ASCII, without a copy of it. */
    private boolean writePlain(String text) {
        int length = text.length();
        if (length >= SHORT) {
            return false;
        }
        ensure(1 + length);
        byte[] to = bytes;
        int place = size + 1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= PLAIN) {
                return false;
            }
            to[place + i] = (byte) c;
        }
        to[size] = (byte) (length << 1);
        size = place + length;
        return true;
    }

    /** Relative to the time before, since the times of one message are close. */
    void writeInstant(Instant time) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        if (seconds > MOST_SECONDS || seconds < -MOST_SECONDS) {
            writeVarint(SECONDS);
            writeLong(seconds);
            writeVarint(nanos);
            return;
        }
        long millis = seconds * MILLIS_PER_SECOND + nanos / NANOS_PER_MILLI;
        int rest = nanos % NANOS_PER_MILLI;
        long change = millis - lastMillis;
        lastMillis = millis;
        writeVarint((change << 1 ^ change >> (Long.SIZE - 1)) << TIME_BITS | (rest == 0 ? MILLIS : NANOS));
        if (rest != 0) {
            writeVarint(rest);
        }
    }

    /**
     * Writes the number of a value that was written before; otherwise nothing, and the caller writes the value, beginning with an even
     * {@linkplain #writeVarint number}.
     *
     * @return whether it was written
     */
    boolean writeReference(Object value) {
        int number = values.find(value);
        if (number >= 0) {
            writeVarint((long) number << 1 | 1);
        }
        return number >= 0;
    }
}
