package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in a room since it opened again, as far as it has no seq: members who rejoin later than others have missed
 * it. Kept for a while.
 */
final class MissedChanges {
    private static final Duration KEPT = Duration.ofSeconds(10);

    /** Of more than these, the oldest are forgotten. */
    private static final int MOST = 1_000;

    private final MonotonicClock time;
    private final Instant end;
    private final List<RoomEvent> events = new ArrayList<>(0);
    private boolean over;

    /** @param expectsMembers whether there were members before the room opened */
    MissedChanges(MonotonicClock time, boolean expectsMembers) {
        this.time = time;
        this.end = time.now().plus(KEPT);
        this.over = !expectsMembers;
    }

    void add(RoomEvent event) {
        over = over || time.now().isAfter(end);
        if (over || event instanceof RoomEvent.RoomRenamed) { // members rejoin under the new name
            events.clear();
        } else if (isForAll(event)) {
            events.add(event);
            if (events.size() > MOST) {
                events.remove(0);
            }
        }
    }

    private static boolean isForAll(RoomEvent event) {
        return event instanceof RoomEvent.Joined
                || event instanceof RoomEvent.Left
                || event instanceof RoomEvent.Renamed
                || event instanceof RoomEvent.ProfileChanged
                || event instanceof RoomEvent.ModesChanged
                || event instanceof RoomEvent.MetadataChanged;
    }

    /** What a subscriber is told who rejoins now. */
    List<RoomEvent> forRejoining(RoomName room, Delivery delivery) {
        if (events.isEmpty() || delivery == Delivery.EACH) {
            return List.copyOf(events);
        }
        List<@Nullable ActorRef<RoomEvent>> nobody = Collections.nCopies(events.size(), null);
        return List.of(EventBatch.of(room, events, nobody));
    }
}
