package io.teahouse.tool.client;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The part of a line that has arrived so far on one connection; empty for most of them, most of the time. */
final class PartialLine {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;

    int length() {
        return length;
    }

    void appendTo(ByteBuffer to) {
        to.put(bytes, 0, length);
    }

    void set(ByteBuffer from, int begin, int end) {
        length = end - begin;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(256, length * 2));
        }
        from.get(begin, bytes, 0, length);
    }
}
