package io.teahouse.room;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What programs note about somebody or something: values by their keys. */
public final class Notes {
    private Notes() {}

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
