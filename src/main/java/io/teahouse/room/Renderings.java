package io.teahouse.room;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * What has been made of one batch of events, by variant: a hundred members of one dialect share one encoding. Opaque
 * to the room. Any thread may ask. It stays in the process: a batch that crosses a node starts with none.
 */
public final class Renderings {
    private final ConcurrentMap<Object, Object> made = new ConcurrentHashMap<>(2);

    Renderings() {}

    /**
     * The rendering of {@code variant}, made by {@code render} if nobody has asked for it before.
     *
     * @param variant says all that the result depends on, beside the batch; with {@code equals}
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
