package io.teahouse.cluster;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the bytes of a message. Immutable. */
final class Bytes {
    private final byte[] content;

    /** @param content must not be changed any more */
    Bytes(byte[] content) {
        this.content = content;
    }

    /** Cuts the bytes of a message into pieces, in order. */
    static List<Bytes> cut(byte[] message, int most) {
        List<Bytes> pieces = new ArrayList<>();
        for (int from = 0; from < message.length; from += most) {
            pieces.add(new Bytes(Arrays.copyOfRange(message, from, Math.min(message.length, from + most))));
        }
        return pieces;
    }

    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(content);
    }

    static final ValueCodec<Bytes> CODEC = new ValueCodec<>() {
        @Override
        public void write(Output out, Bytes value) {
            out.writeVarint(value.content.length);
            out.writeBytes(value.content);
        }

        @Override
        public Bytes read(Input in) {
            return new Bytes(in.readBytes(in.readSize()));
        }
    };

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(bytes.content, content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
