package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Message.State;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.support.LogCalls;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Brings what stands in the line into the log, one append at a time, and finds out what became of it: stored, not
 * stored, or unknown until the tail of the log has been read. It belongs to one {@link OpenRoom}, runs in it, and
 * tells the senders everything but good news, which is the event itself.
 */
final class LogWriter {
    /** How it stands with the log. */
    private enum Log {
        IDLE,
        APPENDING,
        /** The outcome of an append is unknown, and the tail is being read. */
        IN_DOUBT,
        /** Nor did the tail come in time: it is asked for again and again. */
        AWAY
    }

    /** Messages of the writer to itself, by way of its actor. */
    sealed interface Signal extends RoomActor.Internal {
        /** Which append it is about. */
        long attempt();
    }

    private record Appended(long attempt, Outcome outcome) implements Signal {}

    private record AppendFailed(long attempt, String why) implements Signal {}

    private record Tail(long attempt, List<RoomEvent.Recorded> stored) implements Signal {}

    private record TailFailed(long attempt, String why) implements Signal {}

    private record Retry(long attempt) implements Signal {}

    private static final Object TIMER = "log";
    static final Refusal STORE_AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "not stored, the store does not answer: try again later");
    private static final Refusal NOT_STORED =
            new Refusal(Refusal.Reason.NOT_STORED, "not stored, nobody saw it: try again");

    private final ActorContext<RoomActor.Command> context;
    private final TimerScheduler<RoomActor.Command> timers;
    private final RoomLog log;
    private final PendingQueue line;
    private final Room room;
    private final RoomLog.Opened opened;
    private final RoomSettings settings;
    private final MonotonicClock time;

    private Log state = Log.IDLE;
    private long attempt;
    private List<Message> underWay = List.of();

    LogWriter(RoomContext in, PendingQueue line) {
        this.context = in.actor();
        this.timers = in.timers();
        this.log = in.log();
        this.line = line;
        this.room = in.room();
        this.opened = in.opened();
        this.settings = in.settings();
        this.time = in.time();
    }

    /** True while it makes no sense to take a message in. */
    boolean isAway() {
        return state == Log.IN_DOUBT || state == Log.AWAY;
    }

    /** True when comings and goings must not wait for the messages before them. */
    boolean hasGivenUpWaiting() {
        return state == Log.AWAY;
    }

    /** Starts an append of all that waits, if none is under way. What is answered at once is decided at once. */
    void write() {
        while (state == Log.IDLE && line.hasWaiting()) {
            writeOnce();
        }
    }

    private void writeOnce() {
        underWay = line.take();
        List<RoomEvent.Recorded> batch = new ArrayList<>(underWay.size());
        long seq = room.seq();
        for (Message message : underWay) {
            seq++;
            RoomEvent.Recorded event = message.draft.at(seq, opened.id(seq), time.own());
            message.recorded = Optional.of(event);
            batch.add(event);
        }
        state = Log.APPENDING;
        long number = ++attempt;
        long session = underWay.get(0).forWhom;
        ask(
                () -> log.append(opened.generation(), session, batch),
                outcome -> new Appended(number, outcome),
                why -> new AppendFailed(number, why));
        if (state == Log.APPENDING) {
            after(settings.log().timeout(), new AppendFailed(number, "no answer in time"));
        }
    }

    /** @throws IllegalStateException when the log has fenced this room: it must end */
    void on(Signal signal) {
        if (signal.attempt() != attempt || state == Log.IDLE) {
            return; // an answer to a question that has been settled since
        }
        if (signal instanceof Appended appended) {
            onAppended(appended.outcome);
        } else if (signal instanceof Tail tail) {
            onTail(tail.stored);
        } else if (signal instanceof Retry) {
            readTail();
        } else if (signal instanceof TailFailed failed) {
            onTailFailed(failed.why);
        } else if (signal instanceof AppendFailed failed && state == Log.APPENDING) {
            doubt(failed.why);
        }
    }

    private void onAppended(Outcome outcome) {
        switch (outcome) {
            case STORED -> settle(message -> true);
            case NOT_STORED -> settle(message -> false);
            case FENCED -> throw fenced();
        }
    }

    private void doubt(String why) {
        state = Log.IN_DOUBT;
        context.getLog()
                .warn("room {}: the outcome of storing {} messages is unknown: {}", room.name(), underWay.size(), why);
        underWay.forEach(message -> message.tellAskers(asked -> RoomReply.InDoubt.of(room.name(), asked)));
        readTail();
    }

    private void readTail() {
        long number = attempt;
        long first = room.seq() + 1;
        after(
                settings.log().timeout(),
                new TailFailed(number, "no answer in time")); // first: an answer at once ends it
        ask(() -> log.settle(first), stored -> new Tail(number, stored), why -> new TailFailed(number, why));
    }

    private void onTail(List<RoomEvent.Recorded> tail) {
        if (tail.size() > underWay.size()) {
            throw fenced();
        }
        for (int i = 0; i < tail.size(); i++) {
            RoomEvent.Recorded there = tail.get(i);
            if (underWay.get(i).recorded.filter(mine -> isSame(mine, there)).isEmpty()) {
                throw fenced();
            }
        }
        long last = room.seq() + tail.size();
        context.getLog().info("room {}: {} of {} messages were stored", room.name(), tail.size(), underWay.size());
        settle(message -> message.recorded.filter(event -> event.seq() <= last).isPresent());
    }

    /** Two rooms may count alike, but no two events have the same place, time, speaker and id of his. */
    private static boolean isSame(RoomEvent.Recorded mine, RoomEvent.Recorded there) {
        return mine.id().equals(there.id())
                && mine.at().equals(there.at())
                && mine.by().sameAs(there.by())
                && mine.clientId().equals(there.clientId());
    }

    private void onTailFailed(String why) {
        if (state == Log.IN_DOUBT) {
            context.getLog().warn("room {}: the log is away: {}", room.name(), why);
        }
        state = Log.AWAY;
        while (line.hasWaiting()) { // nothing queues behind a store that is away
            line.take().forEach(message -> refuse(message, STORE_AWAY));
        }
        after(settings.log().retryInterval(), new Retry(attempt));
    }

    private void settle(Predicate<Message> stored) {
        timers.cancel(TIMER);
        for (Message message : underWay) {
            if (stored.test(message)) {
                line.decide(message, State.STORED);
                message.recorded.ifPresent(event -> room.count(event.seq()));
            } else {
                refuse(message, NOT_STORED);
            }
        }
        underWay = List.of();
        state = Log.IDLE;
    }

    private void refuse(Message message, Refusal why) {
        line.decide(message, State.REFUSED);
        message.tellAskers(asked -> RoomReply.Refused.of(room.name(), asked, why));
    }

    private IllegalStateException fenced() {
        return new IllegalStateException(
                "room " + room.name() + " was opened again elsewhere, or another one writes to its log");
    }

    private <T> void ask(
            Supplier<CompletionStage<T>> question,
            Function<T, RoomActor.Command> answered,
            Function<String, RoomActor.Command> failed) {
        LogCalls.handle(context, question, answered, failed, answer -> on((Signal) answer));
    }

    private void after(Duration delay, Signal signal) {
        timers.startSingleTimer(TIMER, signal, delay);
    }
}
