package io.teahouse.cluster;

/** Writes the bytes of an {@link Encoded}, which are made once. */
final class EncodedCodec implements ValueCodec<Encoded<?>> {
    private final RecordCodec codec;

    EncodedCodec(RecordCodec codec) {
        this.codec = codec;
    }

    @Override
    public void write(Output out, Encoded<?> value) {
        byte[] bytes = value.bytes(codec);
        out.writeVarint(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    public Encoded<?> read(Input in) {
        return new Encoded<>(codec.read(in.slice(in.readSize())));
    }
}
