package io.teahouse.cluster;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.function.Function;

/**
 * The format of a record: the number of the components that were added after its first release, the components of the first release,
 * then each of the others as bytes of their own, preceded by their length, so that an older release can skip them.
 *
 * <p>The first number is twice the number of added components; an odd one refers to an equal record that was written before.
 */
final class RecordFormat extends Format<Object> {
    /** Primitive components are written without boxing. */
    private enum Form {
        BOOLEAN,
        INT,
        LONG,
        VALUE
    }

    private final MessageTypes.Line line;
    private final int version;
    private final boolean shared;
    private final RecordShape shape;

    /** The components in the order of the bytes: their indexes in the record. */
    private final int[] indexes;

    /** How many components all releases know. */
    private final int first;

    private final Form[] forms;
    private final MethodHandle[] accessors;
    private final ValueCodec<Object>[] codecs;

    RecordFormat(MessageTypes.Line line, int version) {
        super(line.number(), line.type());
        this.line = line;
        this.version = version;
        this.shared = line.kind() == MessageTypes.Kind.SHARED;
        this.shape = RecordShape.of(line.type());
        this.first = line.first();
        if (line.names().size() != shape.size()) {
            throw new CodecException(line.type().getName() + " has the components " + shape.names()
                    + ", and message-types.txt has " + line.names() + ": append the new ones there");
        }
        int size = shape.size();
        indexes = line.names().stream().mapToInt(shape::index).toArray();
        forms = new Form[size];
        accessors = new MethodHandle[size];
        codecs = newCodecs(size);
        for (int i = 0; i < size; i++) {
            forms[i] = form(shape.type(indexes[i]));
            accessors[i] = shape.accessor(indexes[i]);
        }
    }

    @SuppressWarnings("unchecked")
    private static ValueCodec<Object>[] newCodecs(int size) {
        return (ValueCodec<Object>[]) new ValueCodec<?>[size];
    }

    private static Form form(Type type) {
        if (type == boolean.class) {
            return Form.BOOLEAN;
        } else if (type == int.class) {
            return Form.INT;
        }
        return type == long.class ? Form.LONG : Form.VALUE;
    }

    /** Finds the codecs of the components; must be called once, before the format is used. */
    void resolve(Function<Type, ValueCodec<Object>> codecOf) {
        for (int i = 0; i < codecs.length; i++) {
            Type type = shape.type(indexes[i]);
            codecs[i] = type == String.class ? text(line.names().get(i)) : codecOf.apply(type);
        }
    }

    /** The texts of messages are what users write and ids; those of values are names, which occur again. */
    @SuppressWarnings("unchecked")
    private ValueCodec<Object> text(String name) {
        ValueCodec<?> codec = line.kind() == MessageTypes.Kind.MESSAGE ? ValueCodecs.UNIQUE_TEXT : ValueCodecs.TEXT;
        return (ValueCodec<Object>) (line.prefixed().contains(name) ? ValueCodecs.PREFIXED_TEXT : codec);
    }

    @Override
    public void write(Output out, Object value) {
        if (shared && out.writeReference(value)) {
            return;
        }
        out.writeVarint((long) (indexes.length - first) << 1);
        for (int i = 0; i < first; i++) {
            write(i, out, value);
        }
        for (int i = first; i < indexes.length; i++) {
            Output added = new Output(version);
            write(i, added, value);
            byte[] bytes = added.toByteArray();
            out.writeVarint(bytes.length);
            out.writeBytes(bytes);
        }
    }

    private void write(int i, Output out, Object value) {
        try {
            switch (forms[i]) {
                case BOOLEAN -> out.writeBoolean((boolean) accessors[i].invokeExact(value));
                case INT -> out.writeLong((int) accessors[i].invokeExact(value));
                case LONG -> out.writeLong((long) accessors[i].invokeExact(value));
                default -> codecs[i].write(out, (Object) accessors[i].invokeExact(value));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CodecException("no " + shape.names().get(indexes[i]) + " of " + type().getName(), e);
        }
    }

    @Override
    public Object read(Input in) {
        long start = in.readVarint();
        if ((start & 1) != 0) {
            return referred(in.reference(start));
        }
        int number = shared ? in.reserve() : -1;
        in.enter();
        Object[] components = new Object[indexes.length];
        for (int i = 0; i < first; i++) {
            components[indexes[i]] = codecs[i].read(in);
        }
        readAdded(in, start >>> 1, components);
        in.leave();
        Object record = shape.create(components);
        if (shared) {
            in.keep(number, record);
        }
        return record;
    }

    private Object referred(Object value) {
        if (value.getClass() != type()) {
            throw new CodecException("a " + value.getClass().getName() + " in place of a " + type().getName());
        }
        return value;
    }

    private void readAdded(Input in, long count, Object[] components) {
        int known = indexes.length - first;
        for (int i = 0; i < known; i++) {
            ValueCodec<Object> codec = codecs[first + i];
            components[indexes[first + i]] = i < count ? codec.read(in.slice(in.readSize())) : codec.absent();
        }
        for (long i = known; i < count; i++) {
            in.skip(in.readSize());
        }
    }
}
