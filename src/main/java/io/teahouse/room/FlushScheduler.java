package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.support.DeferredTell;
import java.time.Duration;
import java.util.List;

/**
 * Puts what happens at the end of a room's line, and moves the line on at the right time: what can be stored is stored,
 * what can be shown is shown. Belongs to one {@link OpenRoom} and runs in it.
 */
final class FlushScheduler {
    /** All that was in the mailbox stands in the line. */
    enum Flush implements RoomActor.Internal {
        FLUSH
    }

    /** How much stands in the line before it is moved on without waiting for the rest of the mailbox. */
    private static final int ROUND = 256;

    /**
     * From so many members on, comings and goings wait a little for each other: telling thousands of each single one of
     * thousands who come would take minutes. What is said waits for nothing, and takes along what stands before it.
     */
    private static final int CROWD = 256;

    /** About what it takes to tell one subscriber. */
    private static final Duration PER_SUBSCRIBER = Duration.ofNanos(10_000);

    /**
     * From so many members on, the room lets its thread write what it has told them before it tells them more: under
     * load one larger batch follows where several small ones would have overtaken each other. Without load it costs
     * nothing that can be seen.
     */
    private static final int SEVERAL = 2;

    /**
     * How often it lets others go first: some times the way from a member's mailbox to the socket and back. With 4, and
     * only in rooms of 32, rooms of 20 reached less than half as much under load; with 40 and 120, no more.
     */
    private static final int TURNS = 12;

    private final ActorContext<RoomActor.Command> context;
    private final TimerScheduler<RoomActor.Command> timers;
    private final Subscribers subscribers;
    private final PendingQueue line;
    private final LogWriter writer;
    private final EventPublisher publisher;
    private boolean flushing;

    FlushScheduler(
            RoomContext in, Subscribers subscribers, PendingQueue line, LogWriter writer, EventPublisher publisher) {
        this.context = in.actor();
        this.timers = in.timers();
        this.subscribers = subscribers;
        this.line = line;
        this.writer = writer;
        this.publisher = publisher;
    }

    /**
     * Puts it at the end of the line, which moves on when all that is in the mailbox already stands in it too. Where a
     * crowd would be told of each one who comes or goes, it is told of several at once.
     */
    void stand(PendingEntry entry) {
        line.add(entry);
        if (line.size() >= ROUND) {
            advance();
        } else if (!(entry instanceof Message) && subscribers.count() >= CROWD) {
            if (!timers.isTimerActive(Flush.FLUSH)) {
                timers.startSingleTimer(Flush.FLUSH, Flush.FLUSH, PER_SUBSCRIBER.multipliedBy(subscribers.count()));
            }
        } else if (!flushing) {
            flushing = true;
            if (subscribers.count() < SEVERAL) {
                context.getSelf().tell(Flush.FLUSH);
            } else {
                DeferredTell.taken(TURNS, context.getExecutionContext(), context.getSelf(), Flush.FLUSH);
            }
        }
    }

    void flush() {
        flushing = false;
        advance();
    }

    /** Stores what can be stored, shows what can be shown. */
    void advance() {
        writer.write();
        List<PendingEntry> ready = writer.hasGivenUpWaiting() ? line.releaseAround() : line.release();
        if (!ready.isEmpty()) {
            publisher.show(ready);
        }
    }
}
