package io.teahouse.room;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What programs note about somebody or something: values by their keys. */
public final class Metadata {
    /** About what one takes in memory beside its texts, and what the longest takes. */
    private static final int NOTE = 160;

    static final int MOST_BYTES = 1024;

    private Metadata() {}

    /** About how much memory they take. */
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
     * A new map, never to be changed, in the order of the keys.
     *
     * @param changes the new values; an empty one: nothing is noted under that key any more
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
