package io.teahouse.room;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Metadata of a user or a room: values by key, set by programs. */
public final class Metadata {
    /** The approximate memory of an entry without its texts. */
    private static final int NOTE = 160;

    static final int MOST_BYTES = 1024;

    private Metadata() {}

    /** Their approximate memory. */
    public static long bytes(Map<String, String> notes) {
        long sum = 0;
        for (Map.Entry<String, String> each : notes.entrySet()) {
            sum += NOTE
                    + (long) Character.BYTES
                            * (each.getKey().length() + each.getValue().length());
        }
        return sum;
    }

    /**
     * Returns a new, immutable map, sorted by key.
     *
     * @param changes the new values; an empty one removes its key
     */
    public static Map<String, String> changed(Map<String, String> notes, Map<String, String> changes) {
        Map<String, String> next = new TreeMap<>(notes);
        changes.forEach((key, value) -> {
            if (value.isEmpty()) {
                next.remove(key);
            } else {
                next.put(key, value);
            }
        });
        return Collections.unmodifiableMap(next);
    }
}
