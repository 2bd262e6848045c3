package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes references to actors with their full addresses, which every node can resolve. The part before the name is shared with other
 * references of the message. Paths are cached, because Akka takes longer to make one than all the rest of a small message.
 */
final class ActorRefCodec implements ValueCodec<ActorRef<?>> {
    /** Even, so that it is no reference to an earlier value. */
    private static final int PATH = 0;

    private static final int NONE = 2;

    /** Of the cache; a power of two. */
    private static final int SIZE = 1 << 12;

    /** A path in two parts, and the actor that has it. */
    private static final class CachedPath {
        final WeakReference<ActorRef<?>> ref;
        final String parent;
        final String name;

        CachedPath(ActorRef<?> ref, String path) {
            int start = path.lastIndexOf('/') + 1;
            this.ref = new WeakReference<>(ref);
            this.parent = path.substring(0, start);
            this.name = path.substring(start);
        }
    }

    private final ActorRefResolver resolver;
    private final AtomicReferenceArray<@Nullable CachedPath> paths = new AtomicReferenceArray<>(SIZE);

    ActorRefCodec(ActorRefResolver resolver) {
        this.resolver = resolver;
    }

    private CachedPath path(ActorRef<?> ref) {
        int place = ref.hashCode() & (SIZE - 1);
        CachedPath known = paths.get(place);
        if (known == null || known.ref.get() != ref) {
            known = new CachedPath(ref, resolver.toSerializationFormat(ref));
            paths.set(place, known);
        }
        return known;
    }

    @Override
    public void write(Output out, ActorRef<?> ref) {
        if (!out.writeReference(ref)) {
            CachedPath path = path(ref);
            out.writeVarint(PATH);
            out.writeText(path.parent, true);
            out.writeText(path.name, false);
        }
    }

    void writeNullable(Output out, @Nullable ActorRef<?> ref) {
        if (ref == null) {
            out.writeVarint(NONE);
        } else {
            write(out, ref);
        }
    }

    @Override
    public ActorRef<?> read(Input in) {
        ActorRef<?> ref = readNullable(in);
        if (ref == null) {
            throw new CodecException("a reference to an actor is missing");
        }
        return ref;
    }

    @Nullable
    ActorRef<?> readNullable(Input in) {
        long first = in.readVarint();
        if ((first & 1) != 0) {
            return referred(in.reference(first));
        } else if (first == NONE) {
            return null;
        }
        int number = in.reserve();
        ActorRef<?> ref = resolver.resolveActorRef(in.readText(true) + in.readText(false));
        in.keep(number, ref);
        return ref;
    }

    private static ActorRef<?> referred(Object value) {
        if (value instanceof ActorRef<?> ref) {
            return ref;
        }
        throw new CodecException("a " + value.getClass().getName() + " in place of a reference to an actor");
    }
}
