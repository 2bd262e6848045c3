package io.teahouse.room;

import io.teahouse.room.support.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values that programs attach to a message, by name: a reaction, for example, or the message that it replies to. Opaque
 * to the room. Immutable, in the given order; most messages have none and share {@link #NONE}.
 *
 * @param values may be empty strings, never null
 */
public record Attributes(Map<String, String> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    /** The approximate memory of a name and its value, without their characters. */
    private static final int BYTES_PER_ATTRIBUTE = 160;

    public Attributes {
        values = Check.copy(values, "values");
    }

    /** {@link #NONE} if there are none. */
    public static Attributes of(Map<String, String> values) {
        return Check.notNull(values, "values").isEmpty() ? NONE : new Attributes(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value under that name; empty if there is none. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** The same without that name. */
    public Attributes without(String name) {
        if (!values.containsKey(name)) {
            return this;
        }
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.remove(name);
        return of(rest);
    }

    /** Their approximate memory. */
    public long bytes() {
        long bytes = 0;
        for (Map.Entry<String, String> each : values.entrySet()) {
            int length = each.getKey().length() + each.getValue().length();
            bytes += BYTES_PER_ATTRIBUTE + (long) Character.BYTES * length;
        }
        return bytes;
    }
}
