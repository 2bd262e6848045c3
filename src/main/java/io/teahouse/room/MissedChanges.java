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
 * The changes without a seq since a room opened again, for members who rejoin later than others. After a while there are no
 * more of them.
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

    /**
     * What a subscriber is told who rejoins now. Not that their own user has left, who is back by another connection: they would
     * believe it.
     */
    List<RoomEvent> forRejoining(Member member, RoomName room, Delivery delivery) {
        List<RoomEvent> missed =
                events.stream().filter(event -> !isMoveOf(member, event)).toList();
        if (missed.isEmpty() || delivery == Delivery.EACH) {
            return missed;
        }
        List<@Nullable ActorRef<RoomEvent>> nobody = Collections.nCopies(missed.size(), null);
        return List.of(EventBatch.of(room, missed, nobody));
    }

    /** Whether that member has joined or left. */
    private static boolean isMoveOf(Member member, RoomEvent event) {
        return (event instanceof RoomEvent.Joined joined && isSame(member, joined.nick(), joined.profile()))
                || (event instanceof RoomEvent.Left left && isSame(member, left.nick(), left.profile()));
    }

    private static boolean isSame(Member member, Nick nick, Profile profile) {
        return profile.id().isKnown() ? member.profile().isSameUser(profile) : nick.sameAs(member.nick());
    }
}
