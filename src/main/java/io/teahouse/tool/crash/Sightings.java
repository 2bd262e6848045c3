package io.teahouse.tool.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one of each that is shown alike to many, or a long run would not fit into memory. For all threads. */
final class Sightings {
    private final Map<Shown, Shown> known = new ConcurrentHashMap<>();

    Shown one(Shown shown) {
        Shown before = known.putIfAbsent(shown, shown);
        return before == null ? shown : before;
    }
}
