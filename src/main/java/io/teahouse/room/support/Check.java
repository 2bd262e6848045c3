package io.teahouse.room.support;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the components of a message when it is made: in the actor that gets it, nobody would know who was wrong. */
public final class Check {
    private Check() {}

    /**
     * Returns the value.
     *
     * @param name of the component
     * @throws NullPointerException if it is null, with a message that names the component
     */
    public static <T> T notNull(@Nullable T value, String name) {
        if (value == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return value;
    }

    /**
     * Returns a copy that does not change, in the same order.
     *
     * @throws NullPointerException if the map or one of its values is null, with a message that says which
     */
    public static Map<String, String> copy(Map<String, String> values, String name) {
        if (notNull(values, name).isEmpty()) {
            return Map.of();
        }
        Map<String, String> copy = new LinkedHashMap<>();
        values.forEach(
                (key, value) -> copy.put(notNull(key, "a key of " + name), notNull(value, "the value of " + key)));
        return Collections.unmodifiableMap(copy);
    }
}
