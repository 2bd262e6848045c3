package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomDirectory.Command;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How rooms end. Who stays empty is asked to; of one that failed, what it told last is kept until it is opened again, or
 * until none of its members has come back for as long. Belongs to one {@link LocalRooms} and runs in it.
 */
final class RoomLifecycle {
    record TryStop(LocalRoom room) implements RoomDirectory.Internal {}

    /** Somebody has come in, or is about to. */
    record StillUsed(RoomName room) implements RoomDirectory.Internal {}

    /** Nobody has opened that room since it failed. */
    record PutAway(RoomName room) implements RoomDirectory.Internal {}

    private final TimerScheduler<Command> timers;
    private final RoomTable rooms;
    private final RoomLogs logs;
    private final Duration keepEmpty;
    private final Consumer<LocalRoom> settled;
    private final ActorRef<RoomActor.StillUsed> stillUsed;

    /** What was known of rooms when they failed. */
    private final Map<String, RoomSummary> failed = new HashMap<>();

    /** @param settled told when it is certain whether a room ends */
    RoomLifecycle(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomTable rooms,
            RoomLogs logs,
            Duration keepEmpty,
            Consumer<LocalRoom> settled) {
        this.timers = timers;
        this.rooms = rooms;
        this.logs = logs;
        this.keepEmpty = keepEmpty;
        this.settled = settled;
        this.stillUsed = context.messageAdapter(RoomActor.StillUsed.class, still -> new StillUsed(still.room()));
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
        if (tryStop.room.nameToCome.isPresent()) {
            awaitEmpty(tryStop.room);
        } else {
            tryStop(tryStop.room);
        }
    }

    void tryStop(LocalRoom room) {
        room.stopping = true;
        room.ref.tell(new RoomActor.StopIfEmpty(stillUsed));
    }

    void on(StillUsed still) {
        rooms.find(still.room).ifPresent(room -> {
            room.stopping = false;
            room.needed = true;
            settled.accept(room);
            awaitEmpty(room);
        });
    }

    // Rooms that have ended

    /** It has ended and is called what it was called last. */
    void forget(LocalRoom room) {
        timers.cancel(room.ref);
        rooms.remove(room);
        if (!room.failed) {
            logs.putAway(room.name);
        } else {
            if (room.summary.members() > 0) {
                failed.put(room.name.key(), room.summary);
            }
            timers.startSingleTimer(room.name.key(), new PutAway(room.name), keepEmpty);
        }
        settled.accept(room);
    }

    /** True where the room has failed and its members are about to come back. */
    boolean areExpectedBack(RoomName room) {
        return failed.containsKey(room.key());
    }

    /** How the room was when it failed, for who opens it now. */
    Optional<RoomSummary> before(RoomName room) {
        return Optional.ofNullable(failed.remove(room.key()));
    }

    /** None of its members has come back: it is put away like any other that is empty. */
    void on(PutAway late) {
        if (rooms.find(late.room).isEmpty()) { // else it is open again
            failed.remove(late.room.key());
            logs.putAway(late.room);
        }
    }
}
