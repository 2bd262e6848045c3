package io.teahouse.room.local;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomLifecycle;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends rooms. A room that stays empty is asked to end. The last state of a room that failed is kept until the room is
 * opened again, or until no member has rejoined within the time for which an empty room is kept. Belongs to one {@link
 * LocalRooms} and runs in it.
 */
final class RoomPassivation {
    record TryStop(LocalRoom room) implements RoomDirectory.Internal {}

    /** The room has not been opened since it failed. */
    record PutAway(RoomName room) implements RoomDirectory.Internal {}

    private final TimerScheduler<Command> timers;
    private final RoomTable rooms;
    private final RoomLogs logs;
    private final Duration keepEmpty;
    private final Consumer<LocalRoom> settled;
    private final ActorRef<RoomLifecycle.Command> self;

    /** The last states of rooms that failed. */
    private final Map<String, RoomState> failed = new HashMap<>();

    /**
     * @param self receives the answers of rooms
     * @param settled called when it is certain whether a room ends
     */
    RoomPassivation(
            TimerScheduler<Command> timers,
            RoomTable rooms,
            RoomLogs logs,
            ActorRef<RoomLifecycle.Command> self,
            Duration keepEmpty,
            Consumer<LocalRoom> settled) {
        this.timers = timers;
        this.rooms = rooms;
        this.logs = logs;
        this.keepEmpty = keepEmpty;
        this.settled = settled;
        this.self = self;
    }

    // Rooms that are empty

    /** A room that stays empty is asked to end after a while. */
    void awaitEmpty(LocalRoom room) {
        if (room.isUnused()) {
            timers.startSingleTimer(room.ref, new TryStop(room), keepEmpty);
        } else {
            timers.cancel(room.ref);
        }
    }

    void on(TryStop tryStop) {
        if (tryStop.room.reservedName.isPresent()) {
            awaitEmpty(tryStop.room);
        } else {
            tryStop(tryStop.room);
        }
    }

    void tryStop(LocalRoom room) {
        room.stopping = true;
        room.ref.tell(new RoomActor.StopIfEmpty(self.narrow()));
    }

    void on(RoomLifecycle.StillUsed still) {
        rooms.find(still.room()).ifPresent(room -> {
            room.stopping = false;
            room.needed = true;
            settled.accept(room);
            awaitEmpty(room);
        });
    }

    // Rooms that have ended

    /** The room has ended, and its name is certain. */
    void forget(LocalRoom room) {
        timers.cancel(room.ref);
        rooms.remove(room);
        if (room.stopping && !room.failed) {
            logs.putAway(room.name);
        } else {
            if (room.summary.members() > 0) {
                failed.put(room.name.key(), room.summary.state());
            }
            timers.startSingleTimer(room.name.key(), new PutAway(room.name), keepEmpty);
        }
        settled.accept(room);
    }

    /** Whether the room failed and its members are about to rejoin. */
    boolean areExpectedBack(RoomName room) {
        return failed.containsKey(room.key());
    }

    /** Removes and returns the state of the failed room, which is being opened now. */
    Optional<RoomState> takeFormer(RoomName room) {
        return Optional.ofNullable(failed.remove(room.key()));
    }

    /** No member has rejoined: the room is closed like an empty one. */
    void on(PutAway late) {
        if (rooms.find(late.room).isEmpty()) { // otherwise it has been reopened
            failed.remove(late.room.key());
            logs.putAway(late.room);
        }
    }
}
