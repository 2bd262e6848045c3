package io.teahouse.room;

import akka.annotation.InternalApi;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the renderings of one batch by variant: a hundred members with the same dialect share one encoding. Opaque to
 * the room. Thread-safe. Never sent to other nodes: there, a batch starts without any.
 */
@InternalApi
public final class Renderings {
    private record Made(Object variant, Object result) {}

    private static final Map<Object, Object> NONE = Map.of();

    /** The first one that was made. Mostly all members share it, so that a delivery neither hashes nor allocates. */
    private volatile @Nullable Made first;

    /** Those of all other variants. */
    private volatile Map<Object, Object> others = NONE;

    Renderings() {}

    /**
     * Returns the rendering of {@code variant}, and calls {@code render} if it is not cached.
     *
     * @param variant everything that the result depends on, beside the batch; compared by {@code equals}
     * @param type the class of the result; two types never share a variant
     */
    public <T> T of(Object variant, Class<T> type, Supplier<T> render) {
        Made usual = first;
        Object known = usual != null && usual.variant.equals(variant) ? usual.result : others.get(variant);
        return type.cast(known == null ? keep(variant, render.get()) : known);
    }

    /** Returns what another thread has kept in the meantime, or else the fresh one. */
    private synchronized Object keep(Object variant, Object fresh) {
        Made usual = first;
        if (usual == null) {
            first = new Made(variant, fresh);
            return fresh;
        } else if (usual.variant.equals(variant)) {
            return usual.result;
        }
        if (others == NONE) {
            others = new ConcurrentHashMap<>(4);
        }
        Object raced = others.putIfAbsent(variant, fresh);
        return raced == null ? fresh : raced;
    }
}
