package io.teahouse.wire.irc;

import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens in channels into which a client has just come, while it is still to be shown what was said there before.
 * Belongs to one {@link IrcDialect}.
 */
final class EventHold {
    /** More events of one channel are not kept back. */
    private static final int MOST = 1000;

    /**
     * To be shown later.
     *
     * @param own as in {@link io.teahouse.client.Dialect#show}
     */
    record Later(EventBatch batch, Nick viewer, boolean own) {}

    private Map<String, List<Later>> rooms = Map.of();

    /** From now on it is kept. */
    void begin(RoomName room) {
        if (rooms.isEmpty()) {
            rooms = new HashMap<>(2);
        }
        rooms.put(room.key(), new ArrayList<>());
    }

    boolean isHeld(RoomName room) {
        return !rooms.isEmpty() && rooms.containsKey(room.key());
    }

    /** False, and it is not kept: there is too much of it, or it need not be. */
    boolean takes(Later later) {
        List<Later> kept = rooms.isEmpty() ? null : rooms.get(later.batch.room().key());
        if (kept == null || size(kept) + later.batch.events().size() > MOST) {
            return false;
        }
        return kept.add(later);
    }

    private static int size(List<Later> kept) {
        return kept.stream().mapToInt(each -> each.batch.events().size()).sum();
    }

    /** All that was kept, in order; nothing more is. */
    List<Later> end(RoomName room) {
        List<Later> kept = rooms.isEmpty() ? null : rooms.remove(room.key());
        return kept == null ? List.of() : kept;
    }
}
