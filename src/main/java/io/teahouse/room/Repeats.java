package io.teahouse.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was said lately under a client's own id, so that a repeat after a lost receipt is recognised. */
final class Repeats {
    private record Id(String sender, String clientId) {}

    private final int kept;
    private final Duration window;
    private final Map<Id, RoomEvent.Recorded> known = new LinkedHashMap<>();

    Repeats(int kept, Duration window) {
        this.kept = kept;
        this.window = window;
    }

    Optional<RoomEvent.Recorded> original(String identity, String clientId, Instant now) {
        RoomEvent.Recorded event = known.get(new Id(identity, clientId));
        return event == null || old(event, now) ? Optional.empty() : Optional.of(event);
    }

    void remember(RoomEvent.Recorded event) {
        if (event.clientId().isEmpty()) {
            return;
        }
        known.put(new Id(event.profile().identity(event.by()), event.clientId()), event);
        Iterator<RoomEvent.Recorded> oldestFirst = known.values().iterator();
        while (oldestFirst.hasNext()) {
            RoomEvent.Recorded oldest = oldestFirst.next();
            if (known.size() <= kept && !old(oldest, event.at())) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private boolean old(RoomEvent.Recorded event, Instant now) {
        return event.at().plus(window).isBefore(now);
    }
}
