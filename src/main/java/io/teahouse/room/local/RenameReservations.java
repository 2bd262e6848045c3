package io.teahouse.room.local;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.LogCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Renames rooms: the new name is reserved, the logs are renamed, and the room tells its members. Requests to logs that
 * do not answer are retried until they do. A room that ends before it has published the new name keeps its old one.
 * Belongs to one {@link LocalRooms} and runs in it.
 */
final class RenameReservations {
    /** The answer of the logs; empty: a failure. {@code back}: the rename is being undone. */
    record Stored(LocalRoom room, boolean back, Optional<RoomLog.Outcome> outcome) implements RoomDirectory.Internal {}

    record Again(LocalRoom room, boolean back) implements RoomDirectory.Internal {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final RoomTable rooms;
    private final RoomLogs logs;
    private final Duration retryInterval;
    private final Consumer<LocalRoom> settled;

    /** @param settled called when the name of a room is certain; the room may have ended in the meantime */
    RenameReservations(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomTable rooms,
            RoomLogs logs,
            Duration retryInterval,
            Consumer<LocalRoom> settled) {
        this.context = context;
        this.timers = timers;
        this.rooms = rooms;
        this.logs = logs;
        this.retryInterval = retryInterval;
        this.settled = settled;
    }

    /** @param taken a room that is not open has that name */
    void begin(LocalRoom room, RoomName to, boolean taken) {
        Optional<RoomName> lookAlike = rooms.lookAlike(to, Optional.of(room));
        if (lookAlike.isPresent()) {
            Refusal why = Refusal.looksLike(to, lookAlike.get());
            room.ref.tell(new RoomActor.NameAnswer(to, Optional.of(why)));
        } else if (!taken && rooms.reserve(room, to)) {
            store(room, false);
        } else {
            refuse(room, to);
        }
    }

    private static void refuse(LocalRoom room, RoomName to) {
        Refusal why = new Refusal(Refusal.Reason.ROOM_NAME_IN_USE, "there is a room " + to + " already", to.text());
        room.ref.tell(new RoomActor.NameAnswer(to, Optional.of(why)));
    }

    private void store(LocalRoom room, boolean back) {
        RoomName from = room.name;
        RoomName to = room.reservedName.orElse(from);
        room.storing = true;
        LogCalls.handle(
                context,
                () -> back ? logs.rename(to, from) : logs.rename(from, to),
                outcome -> new Stored(room, back, Optional.of(outcome)),
                why -> new Stored(room, back, Optional.empty()),
                answer -> on((Stored) answer));
    }

    void on(Stored answer) {
        LocalRoom room = answer.room;
        room.storing = false;
        if (answer.outcome.isEmpty()) {
            context.getLog().warn("room {}: the new name could not be stored; trying again", room.name);
            room.storing = true;
            timers.startSingleTimer(room, new Again(room, answer.back), retryInterval);
        } else if (answer.back) {
            rooms.keepName(room);
            settled.accept(room);
        } else if (answer.outcome.get() == RoomLog.Outcome.STORED) {
            stored(room);
        } else {
            RoomName to = room.reservedName.orElse(room.name);
            rooms.keepName(room);
            refuse(room, to);
            settled.accept(room);
        }
    }

    private void stored(LocalRoom room) {
        if (room.ended) {
            store(room, true);
        } else {
            room.reservedName.ifPresent(to -> room.ref.tell(new RoomActor.NameAnswer(to, Optional.empty())));
        }
    }

    void on(Again again) {
        store(again.room, again.back || again.room.ended);
    }

    /** The room has reported its name, perhaps the new one. */
    void seen(LocalRoom room, RoomName called) {
        if (room.reservedName.filter(called::equals).isPresent()) {
            rooms.takeName(room);
            settled.accept(room);
        }
    }

    /** The room has ended; its name is settled later. */
    void ended(LocalRoom room) {
        room.ended = true;
        if (!room.storing) {
            store(room, true);
        }
    }
}
