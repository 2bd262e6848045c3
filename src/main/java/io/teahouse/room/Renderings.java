package io.teahouse.room;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Caches the renderings of one batch by variant: a hundred members with the same dialect share one encoding. Opaque to
 * the room. Thread-safe. Never sent to other nodes: there, a batch starts without any.
 */
public final class Renderings {
    private final ConcurrentMap<Object, Object> made = new ConcurrentHashMap<>(2);

    Renderings() {}

    /**
     * Returns the rendering of {@code variant}, and calls {@code render} if it is not cached.
     *
     * @param variant everything that the result depends on, beside the batch; compared by {@code equals}
     * @param type the class of the result; two types never share a variant
     */
    public <T> T of(Object variant, Class<T> type, Supplier<T> render) {
        Object known = made.get(variant);
        if (known == null) {
            T fresh = render.get();
            Object raced = made.putIfAbsent(variant, fresh);
            known = raced == null ? fresh : raced;
        }
        return type.cast(known);
    }
}
