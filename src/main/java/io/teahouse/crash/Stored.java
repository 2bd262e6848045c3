package io.teahouse.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The history of one room, and where in it each message stands first. */
final class Stored {
    private final List<Shown> events;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> msgids = new HashMap<>();

    /** @param events oldest first */
    Stored(List<Shown> events) {
        this.events = events;
        for (int i = 0; i < events.size(); i++) {
            positions.putIfAbsent(events.get(i).id(), i);
            msgids.putIfAbsent(events.get(i).msgid(), i);
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

    /** Where that which was shown stands, told by the msgid if it has one; -1: nowhere. */
    int position(Shown shown) {
        int position = msgids.getOrDefault(shown.msgid(), -1);
        return position >= 0 && at(position).id().equals(shown.id()) ? position : position(shown.id());
    }
}
