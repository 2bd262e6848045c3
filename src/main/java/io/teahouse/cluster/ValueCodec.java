package io.teahouse.cluster;

/** Writes values of one type, and reads them. Thread-safe. */
interface ValueCodec<T> {
    /** Writes at least one byte. */
    void write(Output out, T value);

    T read(Input in);

    /** The value of a component that the writer did not know yet: empty, 0, false. */
    default T absent() {
        throw new CodecException("a component is missing, and its type has no empty value");
    }
}
