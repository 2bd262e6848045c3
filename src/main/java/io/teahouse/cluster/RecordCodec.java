package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages between nodes into bytes and back: the records that the table {@code message-types.txt} lists. The first byte is the
 * version of the sender's table, then come the number of the type and its components. Thread-safe.
 *
 * <p>Bytes are trusted in nothing but their references to actors: nodes of one cluster have let each other in.
 */
public final class RecordCodec {
    private final MessageTypes types;
    private final Map<Class<?>, ValueCodec<?>> codecs = new HashMap<>();
    private final Map<Class<?>, Format<Object>> formats = new HashMap<>();
    private final @Nullable Format<Object>[] byNumber;

    /** @param resolver writes references to actors, and finds the actors of this node */
    public RecordCodec(ActorRefResolver resolver) {
        this(resolver, MessageTypes.load());
    }

    RecordCodec(ActorRefResolver resolver, MessageTypes types) {
        this.types = types;
        this.byNumber = newFormats(types);
        ActorRefCodec refs = new ActorRefCodec(resolver);
        codecs.put(boolean.class, ValueCodecs.BOOLEAN);
        codecs.put(int.class, ValueCodecs.INTEGER);
        codecs.put(long.class, ValueCodecs.LONG);
        codecs.put(Boolean.class, ValueCodecs.BOOLEAN);
        codecs.put(Integer.class, ValueCodecs.INTEGER);
        codecs.put(Long.class, ValueCodecs.LONG);
        codecs.put(String.class, ValueCodecs.TEXT);
        codecs.put(Instant.class, ValueCodecs.INSTANT);
        codecs.put(Bytes.class, Bytes.CODEC);
        codecs.put(ActorRef.class, refs);
        List<MessageTypes.Line> custom = new ArrayList<>();
        for (MessageTypes.Line line : types.lines()) {
            switch (line.kind()) {
                case ENUM -> codecs.put(line.type(), enumCodec(line));
                case CUSTOM -> custom.add(line);
                default -> add(line, new RecordFormat(line, types.version()));
            }
        }
        custom.forEach(line -> add(line, new CustomFormat<>(line, custom(line.type(), refs))));
        for (Format<Object> format : formats.values()) {
            if (format instanceof RecordFormat record) {
                record.resolve(this::codec);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Format<Object>[] newFormats(MessageTypes types) {
        int most =
                types.lines().stream().mapToInt(MessageTypes.Line::number).max().orElse(0);
        return (@Nullable Format<Object>[]) new Format<?>[most + 1];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ValueCodec<?> enumCodec(MessageTypes.Line line) {
        return new EnumCodec<>((Class<Enum>) line.type(), line.names());
    }

    private ValueCodec<?> custom(Class<?> type, ActorRefCodec refs) {
        if (type == EventBatch.class) {
            return new EventBatchCodec(codec(RoomName.class), new OneOf<>(RoomEvent.class), refs);
        } else if (type == Encoded.class) {
            return new EncodedCodec(this);
        }
        throw new CodecException("no codec of " + type.getName());
    }

    @SuppressWarnings("unchecked")
    private void add(MessageTypes.Line line, Format<?> format) {
        Format<Object> any = (Format<Object>) format;
        codecs.put(line.type(), any);
        if (formats.put(line.type(), any) != null) {
            throw new CodecException(
                    "message-types.txt has two lines for " + line.type().getName());
        } else if (line.kind().hasNumber()) {
            if (byNumber[line.number()] != null) {
                throw new CodecException("message-types.txt has two messages with number " + line.number());
            }
            byNumber[line.number()] = any;
        }
    }

    /** The codec of a component. */
    @SuppressWarnings("unchecked")
    private <T> ValueCodec<T> codec(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (ValueCodec<T>) codec((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        } else if (type instanceof WildcardType any) {
            return codec(any.getUpperBounds()[0]);
        } else if (type instanceof Class<?> plain) {
            return (ValueCodec<T>) codec(plain, new Type[0]);
        }
        throw new CodecException("no codec of " + type);
    }

    private ValueCodec<?> codec(Class<?> type, Type[] of) {
        ValueCodec<?> known = codecs.get(type);
        if (known != null) {
            return known;
        } else if (type == Optional.class) {
            return ValueCodecs.optional(codec(of[0]));
        } else if (type == List.class) {
            return ValueCodecs.list(codec(of[0]));
        } else if (type == Set.class) {
            return ValueCodecs.set(codec(of[0]));
        } else if (type == Map.class) {
            return ValueCodecs.map(codec(of[0]), codec(of[1]));
        } else if (type.isSealed()) {
            return new OneOf<>(type);
        }
        throw new CodecException("message-types.txt has no line for " + type.getName());
    }

    /** Writes one of several records, with its number. */
    private final class OneOf<T> implements ValueCodec<T> {
        private final Class<?> type;

        OneOf(Class<?> type) {
            this.type = type;
        }

        @Override
        public void write(Output out, T value) {
            writeNumbered(out, value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(Input in) {
            return (T) readNumbered(in, type);
        }
    }

    private void writeNumbered(Output out, Object value) {
        Format<Object> format = formats.get(value.getClass());
        if (format == null || format.number() == 0) {
            throw new CodecException(
                    "not a message between nodes: " + value.getClass().getName());
        }
        out.writeVarint(format.number());
        format.write(out, value);
    }

    private Object readNumbered(Input in, Class<?> expected) {
        long number = in.readVarint();
        Format<Object> format = number > 0 && number < byNumber.length ? byNumber[(int) number] : null;
        if (format == null) {
            throw new CodecException(
                    "a message of type " + number + " that this release does not know, from a node with version "
                            + in.version() + " of the message types; this node has version " + types.version());
        } else if (!expected.isAssignableFrom(format.type())) {
            throw new CodecException("a " + format.type().getName() + " in place of a " + expected.getName());
        }
        return format.read(in);
    }

    /** Whether values of that class are messages of their own. */
    public boolean isMessage(Class<?> type) {
        Format<Object> format = formats.get(type);
        return format != null && format.number() != 0;
    }

    /**
     * Writes a message.
     *
     * @throws CodecException if it is not a message between nodes
     */
    public byte[] toBytes(Object message) {
        Output out = new Output(types.version());
        writeNumbered(out, message);
        return out.toByteArray();
    }

    /**
     * Reads a message.
     *
     * @throws CodecException if the bytes are damaged, or from a release with messages that this one does not know
     */
    public Object fromBytes(byte[] bytes) {
        try {
            return read(new Input(bytes, 0, bytes.length));
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) { // a constructor refuses what it was given
            throw new CodecException("damaged: " + e.getMessage(), e);
        }
    }

    /** Reads a message that the input has nothing after. */
    Object read(Input in) {
        Object message = readNumbered(in, Object.class);
        if (in.remaining() > 0) {
            throw new CodecException(in.remaining() + " bytes after the end of a "
                    + message.getClass().getName());
        }
        return message;
    }

    /**
     * Copies a record with some components replaced.
     *
     * @param changes names of components, each followed by the new value
     */
    @SuppressWarnings("unchecked")
    public static <R> R copy(R record, Object... changes) {
        return (R) RecordShape.of(record.getClass()).copy(record, changes);
    }
}
