package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;

/**
 * Sees that how a registered room is set outlives its members: tells the log after every change, and again until the log
 * has it. Belongs to one {@link OpenRoom} and runs in it.
 */
final class RegistrationSaver {
    /** The log has answered, or it is time to ask it again; {@code change} counts what is to be kept. */
    record Signal(long change, boolean stored, boolean again) implements RoomActor.Internal {}

    private final ActorContext<RoomActor.Command> context;
    private final TimerScheduler<RoomActor.Command> timers;
    private final RoomLog log;
    private final Room room;
    private final Duration retryInterval;
    private long change;
    private long kept;

    RegistrationSaver(
            ActorContext<RoomActor.Command> context,
            TimerScheduler<RoomActor.Command> timers,
            RoomLog log,
            Room room,
            Duration retryInterval) {
        this.context = context;
        this.timers = timers;
        this.log = log;
        this.room = room;
        this.retryInterval = retryInterval;
    }

    /** Something of a room is otherwise that is kept only if it is registered. */
    void keepIfRegistered() {
        if (room.kept().isPresent()) {
            keep();
        }
    }

    /** The room is set otherwise. */
    void keep() {
        change++;
        tell();
    }

    private void tell() {
        long number = change;
        LogCalls.handle(
                context,
                () -> log.keep(room.kept()),
                outcome -> new Signal(number, outcome == RoomLog.Outcome.STORED, false),
                why -> new Signal(number, false, false),
                signal -> on((Signal) signal));
    }

    /** Whether the log has all that it was told. */
    boolean isSettled() {
        return kept == change;
    }

    void on(Signal signal) {
        if (signal.change != change) {
            return; // it has been set otherwise since
        } else if (signal.again) {
            tell();
        } else if (signal.stored) {
            kept = signal.change;
        } else {
            context.getLog().warn("room {}: how it is set could not be stored; it is tried again", room.name());
            timers.startSingleTimer("keep", new Signal(change, false, true), retryInterval);
        }
    }
}
