package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.support.LogCalls;
import io.teahouse.room.support.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The events of a room that are not published yet, in order. Messages are appended to the log, one batch at a time, and
 * are published when they are stored; other events are published when every message before them is stored or refused.
 * If the outcome of an append is unknown, the queue reads the tail of the log. Belongs to one {@link OpenRoom} and runs
 * in it.
 */
final class PendingQueue {
    /** What the queue is doing with the log. */
    private enum State {
        IDLE,
        APPENDING,
        /** The outcome of an append is unknown; the tail of the log is being read. */
        IN_DOUBT,
        /** Reading the tail failed or timed out, too; it is retried periodically. */
        AWAY
    }

    /** Messages of the queue to itself, through the room's actor. */
    sealed interface Signal extends RoomActor.Internal {
        /** The number of the append that it belongs to. */
        long attempt();
    }

    private record Appended(long attempt, Outcome outcome) implements Signal {}

    private record AppendFailed(long attempt, String why) implements Signal {}

    private record Tail(long attempt, List<Recorded> stored) implements Signal {}

    private record TailFailed(long attempt, String why) implements Signal {}

    private record Retry(long attempt) implements Signal {}

    static final Refusal STORE_AWAY =
            new Refusal(Refusal.Reason.STORE_AWAY, "not stored, the store does not answer: try again later");
    private static final Refusal NOT_STORED =
            new Refusal(Refusal.Reason.NOT_STORED, "not stored, nobody saw it: try again");

    private static final Object TIMER = "log";

    /** The number of entries at which the queue is flushed at once. */
    private static final int FULL = 256;

    private final ActorContext<RoomActor.Command> actor;
    private final TimerScheduler<RoomActor.Command> timers;
    private final Room room;
    private final RoomLog log;
    private final Fanout fanout;
    private final RoomLog.Opened opened;
    private final RoomSettings.Log settings;
    private final MonotonicClock time;
    private final FlushScheduler scheduler;
    private final Consumer<List<PendingEntry>> publish;

    private final ArrayDeque<PendingEntry> entries = new ArrayDeque<>();

    /** The number of messages that are not appended yet. */
    private int waiting;

    /** The number of messages that are neither stored nor refused yet. */
    private int undecided;

    private State state = State.IDLE;

    /** The number of the latest append. */
    private long attempt;

    /** The messages of that append, until they are stored or refused. */
    private List<Message> batch = List.of();

    /**
     * An empty queue.
     *
     * @param publish receives the entries that leave the queue
     */
    PendingQueue(RoomContext context, FlushScheduler scheduler, Consumer<List<PendingEntry>> publish) {
        this.actor = context.actor();
        this.timers = context.timers();
        this.room = context.room();
        this.log = context.log();
        this.fanout = context.fanout();
        this.opened = context.opened();
        this.settings = context.settings().log();
        this.time = context.time();
        this.scheduler = scheduler;
        this.publish = publish;
    }

    // Entries

    /** Adds an entry, and has the queue flushed soon. */
    void enqueue(PendingEntry entry) {
        entries.addLast(entry);
        if (entry instanceof Message) {
            waiting++;
            undecided++;
        }
        if (entries.size() >= FULL) {
            flush();
        } else {
            scheduler.schedule(entry);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The number of messages that are neither stored nor refused yet. */
    int undecided() {
        return undecided;
    }

    /** The message with that client id that is neither stored nor refused yet. */
    Optional<Message> find(UserId sender, String clientId) {
        return find(message -> message.isRepeatedBy(sender, clientId));
    }

    /** The same by the connection that has sent it. */
    Optional<Message> find(ActorRef<RoomEvent> subscriber, String clientId) {
        return find(message -> message.isRepeatedBy(subscriber, clientId));
    }

    private Optional<Message> find(Predicate<Message> which) {
        for (PendingEntry entry : entries) {
            if (entry instanceof Message message && !message.isDecided() && which.test(message)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Appends and publishes all entries that can be. */
    void flush() {
        append();
        List<PendingEntry> ready = state == State.AWAY ? takeAllDecided() : takeDecided();
        if (!ready.isEmpty()) {
            publish.accept(ready);
        }
    }

    /** Removes all entries before the first undecided message. */
    private List<PendingEntry> takeDecided() {
        List<PendingEntry> ready = new ArrayList<>(entries.size());
        for (PendingEntry head = entries.peekFirst(); head != null && head.isDecided(); head = entries.peekFirst()) {
            ready.add(entries.removeFirst());
        }
        return ready;
    }

    /** Removes all entries but undecided messages: joins and parts do not wait for a store that is away. */
    private List<PendingEntry> takeAllDecided() {
        List<PendingEntry> ready = new ArrayList<>();
        Iterator<PendingEntry> each = entries.iterator();
        while (each.hasNext()) {
            PendingEntry entry = each.next();
            if (entry.isDecided()) {
                ready.add(entry);
                each.remove();
            }
        }
        return ready;
    }

    // Appending

    /** Whether the store does not answer, so that a new message is refused. */
    boolean isStoreAway() {
        return state == State.IN_DOUBT || state == State.AWAY;
    }

    /** Appends the messages that wait, unless an append is under way. The log may answer at once. */
    private void append() {
        while (state == State.IDLE && waiting > 0) {
            appendBatch();
        }
    }

    private void appendBatch() {
        batch = takeBatch();
        List<Recorded> events = new ArrayList<>(batch.size());
        long seq = room.seq();
        for (Message message : batch) {
            seq++;
            Recorded event = message.draft.at(seq, opened.id(seq), time.own());
            message.recorded = Optional.of(event);
            events.add(event);
        }
        state = State.APPENDING;
        long number = ++attempt;
        long session = batch.get(0).forWhom;
        ask(
                () -> log.append(opened.generation(), session, events),
                outcome -> new Appended(number, outcome),
                why -> new AppendFailed(number, why));
        if (state == State.APPENDING) {
            after(settings.timeout(), new AppendFailed(number, "no answer in time"));
        }
    }

    /** The waiting messages up to the first one of another session. They count as being appended from now on. */
    private List<Message> takeBatch() {
        List<Message> taken = new ArrayList<>(waiting);
        for (PendingEntry entry : entries) {
            if (entry instanceof Message message && message.state == Message.State.WAITING) {
                if (!taken.isEmpty() && taken.get(0).forWhom != message.forWhom) {
                    break;
                }
                message.state = Message.State.UNDER_WAY;
                taken.add(message);
            }
        }
        waiting -= taken.size();
        return taken;
    }

    /**
     * The log has answered, or the time has run out.
     *
     * @throws IllegalStateException when the log has fenced this room: it must end
     */
    void on(Signal signal) {
        if (signal.attempt() != attempt || state == State.IDLE) {
            return; // belongs to an append that has been settled since
        }
        if (signal instanceof Appended appended) {
            onAppended(appended.outcome);
        } else if (signal instanceof Tail tail) {
            onTail(tail.stored);
        } else if (signal instanceof Retry) {
            readTail();
        } else if (signal instanceof TailFailed failed) {
            onTailFailed(failed.why);
        } else if (signal instanceof AppendFailed failed && state == State.APPENDING) {
            onAppendFailed(failed.why);
        }
    }

    private void onAppended(Outcome outcome) {
        switch (outcome) {
            case STORED -> settle(message -> true);
            case NOT_STORED -> settle(message -> false);
            case FENCED -> throw fenced();
        }
    }

    private void settle(Predicate<Message> isStored) {
        timers.cancel(TIMER);
        for (Message message : batch) {
            if (isStored.test(message)) {
                decide(message, Message.State.STORED);
                message.recorded.ifPresent(event -> room.count(event.seq()));
            } else {
                refuse(message, NOT_STORED);
            }
        }
        batch = List.of();
        state = State.IDLE;
    }

    private void refuse(Message message, Refusal why) {
        decide(message, Message.State.REFUSED);
        message.commands.forEach(asked -> fanout.reply(asked, RoomReply.Refused.of(room.name(), asked, why)));
    }

    private void decide(Message message, Message.State outcome) {
        message.state = outcome;
        undecided--;
    }

    // Unknown outcomes

    private void onAppendFailed(String why) {
        state = State.IN_DOUBT;
        actor.getLog()
                .warn("room {}: the outcome of storing {} messages is unknown: {}", room.name(), batch.size(), why);
        for (Message message : batch) {
            message.commands.forEach(asked -> fanout.reply(asked, RoomReply.InDoubt.of(room.name(), asked)));
        }
        readTail();
    }

    private void readTail() {
        long number = attempt;
        long first = room.seq() + 1;
        after(settings.timeout(), new TailFailed(number, "no answer in time")); // first: an answer may end it
        ask(() -> log.settle(first), stored -> new Tail(number, stored), why -> new TailFailed(number, why));
    }

    private void onTail(List<Recorded> tail) {
        if (tail.size() > batch.size()) {
            throw fenced();
        }
        for (int i = 0; i < tail.size(); i++) {
            Recorded there = tail.get(i);
            if (batch.get(i).recorded.filter(mine -> isSame(mine, there)).isEmpty()) {
                throw fenced();
            }
        }
        long last = room.seq() + tail.size();
        actor.getLog().info("room {}: {} of {} messages were stored", room.name(), tail.size(), batch.size());
        settle(message -> message.recorded.filter(event -> event.seq() <= last).isPresent());
    }

    /** Two rooms may use the same seq, but no two events have the same id, time, sender and client id. */
    private static boolean isSame(Recorded mine, Recorded there) {
        return mine.id().equals(there.id())
                && mine.at().equals(there.at())
                && mine.by().sameAs(there.by())
                && mine.clientId().equals(there.clientId());
    }

    private void onTailFailed(String why) {
        if (state == State.IN_DOUBT) {
            actor.getLog().warn("room {}: the log is away: {}", room.name(), why);
        }
        state = State.AWAY;
        while (waiting > 0) { // no message waits for a store that is away
            takeBatch().forEach(message -> refuse(message, STORE_AWAY));
        }
        after(settings.retryInterval(), new Retry(attempt));
    }

    private IllegalStateException fenced() {
        return new IllegalStateException(
                "room " + room.name() + " was opened elsewhere, or another room writes to its log");
    }

    // Steps

    private <T> void ask(
            Supplier<CompletionStage<T>> question,
            Function<T, RoomActor.Command> answered,
            Function<String, RoomActor.Command> failed) {
        LogCalls.handle(actor, question, answered, failed, answer -> on((Signal) answer));
    }

    private void after(Duration delay, Signal signal) {
        timers.startSingleTimer(TIMER, signal, delay);
    }
}
