package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.support.LogCalls;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores the settings of a registered room in its log after every change, and retries until they are stored. Belongs to
 * one {@link OpenRoom} and runs in it.
 */
final class RegistrationSaver {
    /**
     * An answer of the log; empty: it is time to retry.
     *
     * @param change the number of the change that it belongs to
     */
    record Signal(long change, Optional<RoomLog.Outcome> outcome) implements RoomActor.Internal {}

    private final ActorContext<RoomActor.Command> context;
    private final TimerScheduler<RoomActor.Command> timers;
    private final RoomLog log;
    private final long generation;
    private final Room room;
    private final Duration retryInterval;
    private long change;
    private long kept;

    RegistrationSaver(RoomContext in) {
        this.context = in.actor();
        this.timers = in.timers();
        this.log = in.log();
        this.generation = in.opened().generation();
        this.room = in.room();
        this.retryInterval = in.settings().log().retryInterval();
    }

    /** A setting has changed that is stored only if the room is registered. */
    void keepIfRegistered() {
        if (room.kept().isPresent()) {
            keep();
        }
    }

    /** The settings have changed. */
    void keep() {
        change++;
        tell();
    }

    private void tell() {
        long number = change;
        LogCalls.handle(
                context,
                () -> log.keep(generation, room.session(), room.kept()),
                outcome -> new Signal(number, Optional.of(outcome)),
                why -> new Signal(number, Optional.of(RoomLog.Outcome.NOT_STORED)),
                signal -> on((Signal) signal));
    }

    /** Whether the log has stored everything. */
    boolean isSettled() {
        return kept == change;
    }

    /** @throws IllegalStateException when the room was opened elsewhere in the meantime: this one must end */
    void on(Signal signal) {
        if (signal.change != change) {
            return; // the settings have changed since
        } else if (signal.outcome.isEmpty()) {
            tell();
            return;
        }
        switch (signal.outcome.get()) {
            case STORED -> kept = signal.change;
            case NOT_STORED -> {
                context.getLog().warn("room {}: its settings could not be stored; trying again", room.name());
                timers.startSingleTimer("keep", new Signal(change, Optional.empty()), retryInterval);
            }
            case FENCED -> throw new IllegalStateException("room " + room.name() + " was opened elsewhere");
        }
    }
}
