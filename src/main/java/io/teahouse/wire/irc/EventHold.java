package io.teahouse.wire.irc;

import io.teahouse.client.Viewer;
import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds back live events of channels that a client has just joined until it has been shown their history. Belongs to
 * one {@link IrcDialect}.
 */
final class EventHold {
    /** The most events that are held for one channel. */
    private static final int MAX_EVENTS = 1000;

    /**
     * A batch of events that will be shown later.
     *
     * @param own as in {@link io.teahouse.client.Dialect#show}
     */
    record Later(EventBatch batch, Viewer viewer, boolean own) {}

    private Map<String, List<Later>> rooms = Map.of();

    /** Starts to hold events of {@code room}. */
    void begin(RoomName room) {
        if (rooms.isEmpty()) {
            rooms = new HashMap<>(2);
        }
        rooms.put(room.key(), new ArrayList<>());
    }

    boolean isHeld(RoomName room) {
        return !rooms.isEmpty() && rooms.containsKey(room.key());
    }

    /** Holds a batch. Returns false if it was not held, because the room is not held or the limit is reached. */
    boolean offer(Later later) {
        List<Later> kept = rooms.isEmpty() ? null : rooms.get(later.batch.room().key());
        if (kept == null || size(kept) + later.batch.events().size() > MAX_EVENTS) {
            return false;
        }
        return kept.add(later);
    }

    private static int size(List<Later> kept) {
        return kept.stream().mapToInt(each -> each.batch.events().size()).sum();
    }

    /** Stops holding events of {@code room} and returns those that were held, in order. */
    List<Later> end(RoomName room) {
        List<Later> kept = rooms.isEmpty() ? null : rooms.remove(room.key());
        return kept == null ? List.of() : kept;
    }
}
