package io.teahouse.tool.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The history of one room, and where in it each message stands first. */
final class Stored {
    private final List<Shown> events;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> msgids = new HashMap<>();
    private final Set<String> doubled = new HashSet<>();

    /** @param events oldest first */
    Stored(List<Shown> events) {
        this.events = events;
        for (int i = 0; i < events.size(); i++) {
            if (positions.putIfAbsent(events.get(i).id(), i) != null) {
                doubled.add(events.get(i).id());
            }
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

    /** Whether it stands at several places, and nobody can say which of them was shown. */
    boolean isAmbiguous(Shown shown) {
        return !shown.isComplete() && doubled.contains(shown.id());
    }

    /** Where that which was shown stands, told by the msgid if it has one; -1: nowhere. */
    int position(Shown shown) {
        int position = msgids.getOrDefault(shown.msgid(), -1);
        return position >= 0 && at(position).id().equals(shown.id()) ? position : position(shown.id());
    }
}
