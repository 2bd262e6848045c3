package io.teahouse.cluster;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link Output} has written. It trusts no length and no number: whatever the bytes, it allocates in proportion to
 * them, and ends by a {@link CodecException} if they are damaged. For one thread.
 */
final class Input {
    /** Messages have records in records, but none so deep. */
    private static final int DEEPEST = 50;

    private static final int PLAIN = 0x80;
    private static final int VARINT_BITS = 7;

    private final byte[] bytes;
    private int place;
    private final int end;
    private int depth;
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private long lastMillis;

    private final int version;

    /** Reads the bytes from one index up to another. */
    Input(byte[] bytes, int from, int end) {
        this(bytes, from, end, 0);
    }

    private Input(byte[] bytes, int from, int end, int depth) {
        this.bytes = bytes;
        this.place = from;
        this.end = end;
        this.depth = depth;
        this.version = readByte();
    }

    /** The version of the table of message types with which the bytes were written, see {@link MessageTypes#version}. */
    int version() {
        return version;
    }

    /** The bytes that are left. */
    int remaining() {
        return end - place;
    }

    int readByte() {
        if (place >= end) {
            throw new CodecException("the message ends too early, after " + place + " bytes");
        }
        return bytes[place++] & 0xFF;
    }

    boolean readBoolean() {
        return readByte() != 0;
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int next = readByte();
            value |= (long) (next & (PLAIN - 1)) << shift;
            if (next < PLAIN) {
                return value;
            }
        }
        throw new CodecException("a number is too long, before byte " + place);
    }

    long readLong() {
        long value = readVarint();
        return value >>> 1 ^ -(value & 1);
    }

    int readInt() {
        long value = readLong();
        if ((int) value != value) {
            throw new CodecException("a number is too large: " + value);
        }
        return (int) value;
    }

    /** A number of things of which each has at least one byte. */
    int readSize() {
        return checkedSize(readVarint());
    }

    private int checkedSize(long size) {
        if (size < 0 || size > remaining()) {
            throw new CodecException("a length of " + size + ", and only " + remaining() + " bytes are left");
        }
        return (int) size;
    }

    /** So many bytes as they are. */
    byte[] readBytes(int length) {
        int from = place;
        place += length;
        return Arrays.copyOfRange(bytes, from, place);
    }

    /** A text that may occur again, see {@link Output#writeText(String)}. */
    String readText() {
        long first = readVarint();
        if ((first & 1) != 0) {
            return at(texts, first >>> 1);
        }
        String text = decode(first >>> 1);
        if (Output.isShared(text)) {
            texts.add(text);
        }
        return text;
    }

    /** @param shared as given to {@link Output#writeText(String, boolean)} */
    String readText(boolean shared) {
        long first = readVarint();
        if ((first & 1) != 0) {
            return at(texts, first >>> 1);
        }
        String text = decode(first >>> 1);
        if (shared && Output.isPart(text)) {
            texts.add(text);
        }
        return text;
    }

    private String decode(long size) {
        int length = checkedSize(size);
        String text = new String(bytes, place, length, StandardCharsets.UTF_8);
        place += length;
        return text;
    }

    private static <T> T at(List<T> some, long number) {
        if (number >= some.size()) {
            throw new CodecException("a reference to value " + number + " of " + some.size());
        }
        return some.get((int) number);
    }

    Instant readInstant() {
        long first = readVarint();
        int form = (int) first & ((1 << Output.TIME_BITS) - 1);
        if (form == Output.SECONDS) {
            return instant(readLong(), readVarint());
        } else if (form > Output.SECONDS) {
            throw new CodecException("not a time, before byte " + place);
        }
        long change = first >>> Output.TIME_BITS;
        lastMillis += change >>> 1 ^ -(change & 1);
        long nanos = form == Output.NANOS ? readVarint() : 0;
        return nanos == 0
                ? Instant.ofEpochMilli(lastMillis)
                : Instant.ofEpochMilli(lastMillis).plusNanos(nanos);
    }

    private static Instant instant(long seconds, long nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CodecException("not a time: " + seconds, e);
        }
    }

    /** The value that was written before under the number that {@link Output#writeReference} has written. */
    Object reference(long first) {
        return at(values, first >>> 1);
    }

    /** Numbers a value before it is read, as {@link Output#writeReference} does. */
    int reserve() {
        values.add(this);
        return values.size() - 1;
    }

    void keep(int number, Object value) {
        values.set(number, value);
    }

    void skip(int length) {
        place += length;
    }

    /** The next bytes as a message of its own, which are then skipped. */
    Input slice(int length) {
        Input slice = new Input(bytes, place, place + length, depth + 1);
        place += length;
        return slice;
    }

    /** Must be called before a record is read, and {@link #leave} after it. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new CodecException("more than " + DEEPEST + " records in each other");
        }
    }

    void leave() {
        depth--;
    }
}
