package io.teahouse.cluster;

/** The format of a class that is no record, or has a form of its own. */
final class CustomFormat<T> extends Format<T> {
    private final ValueCodec<T> codec;

    CustomFormat(MessageTypes.Line line, ValueCodec<T> codec) {
        super(line.number(), line.type());
        this.codec = codec;
    }

    @Override
    public void write(Output out, T value) {
        codec.write(out, value);
    }

    @Override
    public T read(Input in) {
        in.enter();
        T value = codec.read(in);
        in.leave();
        return value;
    }
}
