package io.teahouse.tool.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The history of one room, with the first position of each message. */
final class StoredHistory {
    private final List<ShownMessage> events;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> msgids = new HashMap<>();
    private final Set<String> storedTwice = new HashSet<>();

    /** @param events oldest first */
    StoredHistory(List<ShownMessage> events) {
        this.events = events;
        for (int i = 0; i < events.size(); i++) {
            if (positions.putIfAbsent(events.get(i).id(), i) != null) {
                storedTwice.add(events.get(i).id());
            }
            msgids.putIfAbsent(events.get(i).msgid(), i);
        }
    }

    List<ShownMessage> events() {
        return events;
    }

    ShownMessage at(int position) {
        return events.get(position);
    }

    /** The first position of the message with that id; -1 if there is none. */
    int position(String id) {
        return positions.getOrDefault(id, -1);
    }

    /** Whether it is stored several times and nobody can tell which of them was shown. */
    boolean isAmbiguous(ShownMessage shown) {
        return !shown.isComplete() && storedTwice.contains(shown.id());
    }

    /** The position of a message that was shown, by its msgid if it has one; -1 if it is not stored. */
    int position(ShownMessage shown) {
        int position = msgids.getOrDefault(shown.msgid(), -1);
        return position >= 0 && at(position).id().equals(shown.id()) ? position : position(shown.id());
    }
}
