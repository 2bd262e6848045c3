package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.support.Rounds;
import java.time.Duration;

/**
 * Decides when a room flushes its {@link PendingQueue}: commands that are in the mailbox already are handled first, so
 * that they share one batch. Belongs to one {@link OpenRoom} and runs in it.
 */
final class FlushScheduler {
    /** The room is to flush its queue. A message of the room to itself. */
    enum Flush implements RoomActor.Internal {
        FLUSH
    }

    /**
     * The number of subscribers from which on joins and parts are delayed and published together: publishing each of
     * thousands of joins to thousands of subscribers would take minutes. Messages are not delayed; earlier entries are
     * published with them.
     */
    private static final int CROWD = 256;

    /** The approximate time of one delivery. */
    private static final Duration PER_SUBSCRIBER = Duration.ofNanos(10_000);

    /**
     * The number of subscribers from which on a flush waits a little for more messages: writing to each subscriber takes so
     * long that one larger batch instead of two saves far more time than the wait takes.
     */
    private static final int MANY = 128;

    /**
     * How long it waits per subscriber, about a twentieth of the time of a write. The wait begins when the thread has written what
     * was published before.
     */
    private static final long GATHERING_NANOS = 150;

    private final TimerScheduler<RoomActor.Command> timers;
    private final Fanout subscribers;
    private final Runnable flush;
    private final Runnable gather;
    private boolean scheduled;

    FlushScheduler(RoomContext context) {
        this.timers = context.timers();
        this.subscribers = context.fanout();
        ActorRef<RoomActor.Command> self = context.actor().getSelf();
        this.flush = () -> self.tell(Flush.FLUSH);
        this.gather = () -> Rounds.runAtEnd(flush, context.fanout().count() * GATHERING_NANOS);
    }

    /** Schedules a flush for an entry that has been enqueued, unless one is scheduled already. */
    void schedule(PendingEntry entry) {
        if (!(entry instanceof Message) && subscribers.count() >= CROWD) {
            if (!timers.isTimerActive(Flush.FLUSH)) {
                timers.startSingleTimer(Flush.FLUSH, Flush.FLUSH, PER_SUBSCRIBER.multipliedBy(subscribers.count()));
            }
        } else if (!scheduled) {
            scheduled = true;
            if (!Rounds.runAtEnd(subscribers.count() < MANY ? flush : gather, 0)) {
                flush.run();
            }
        }
    }

    /** The scheduled flush has come. */
    void flushed() {
        scheduled = false;
    }
}
