package io.teahouse.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history of one room, and where in it each message stands first. */
final class Stored {
    private final List<Shown> events;
    private final Map<String, Integer> positions = new HashMap<>();

    /** @param events oldest first */
    Stored(List<Shown> events) {
        this.events = events;
        for (int i = 0; i < events.size(); i++) {
            positions.putIfAbsent(events.get(i).id(), i);
        }
    }

    List<Shown> events() {
        return events;
    }

    Shown at(int position) {
        return events.get(position);
    }

    /** -1: it is not there. */
    int position(String id) {
        return positions.getOrDefault(id, -1);
    }

    Optional<Shown> find(String id) {
        return Optional.ofNullable(positions.get(id)).map(events::get);
    }
}
