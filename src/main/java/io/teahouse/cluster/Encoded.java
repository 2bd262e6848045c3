package io.teahouse.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A message, or a part of one, that several nodes receive: encoded once, when the first of them needs it. The bytes do not depend on the
 * receiver, since references to actors have the full address in them. Thread-safe.
 */
public final class Encoded<T> {
    private final T value;

    /** Written once; two threads that both write it write the same. */
    private volatile @Nullable Bytes bytes;

    private static final class Bytes {
        final RecordCodec codec;
        final byte[] bytes;

        Bytes(RecordCodec codec, byte[] bytes) {
            this.codec = codec;
            this.bytes = bytes;
        }
    }

    /** @param value a record that {@link RecordCodec} knows */
    public Encoded(T value) {
        this.value = value;
    }

    public T value() {
        return value;
    }

    /** The value as a message of its own. The caller must not change the array. */
    byte[] bytes(RecordCodec codec) {
        Bytes known = bytes;
        if (known == null || known.codec != codec) {
            known = new Bytes(codec, codec.toBytes(value));
            bytes = known;
        }
        return known.bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Encoded<?> encoded && encoded.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Encoded[" + value + "]";
    }
}
