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

    /** @param sitting for whom it is, as {@link RoomLog#append} has it */
    private record Original(RoomEvent.Recorded event, long sitting) {
        boolean isForgottenWithSitting() {
            return sitting != RoomLog.FOR_ALL && event.profile().account().isEmpty();
        }
    }

    private final int kept;
    private final Duration window;
    private final Map<Id, Original> known = new LinkedHashMap<>();

    Repeats(int kept, Duration window) {
        this.kept = kept;
        this.window = window;
    }

    Optional<RoomEvent.Recorded> original(String identity, String clientId, Instant now) {
        return Optional.ofNullable(known.get(new Id(identity, clientId)))
                .map(Original::event)
                .filter(event -> !old(event, now));
    }

    /** @param sitting for whom it is, as {@link RoomLog#append} has it */
    void remember(RoomEvent.Recorded event, long sitting) {
        if (event.clientId().isEmpty()) {
            return;
        }
        known.put(new Id(event.profile().identity(event.by()), event.clientId()), new Original(event, sitting));
        Iterator<Original> oldestFirst = known.values().iterator();
        while (oldestFirst.hasNext()) {
            Original oldest = oldestFirst.next();
            if (known.size() <= kept && !old(oldest.event, event.at())) {
                return;
            }
            oldestFirst.remove();
        }
    }

    /** A name may be another's by now: what was not for him is not told him, even if he guesses its id. */
    void forgetSitting() {
        known.values().removeIf(Original::isForgottenWithSitting);
    }

    private boolean old(RoomEvent.Recorded event, Instant now) {
        return event.at().plus(window).isBefore(now);
    }
}
