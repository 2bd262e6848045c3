package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.support.DeferredTell;
import java.time.Duration;

/**
 * Decides when a room flushes its {@link PendingQueue}: what is in the mailbox already joins the queue first, so that one batch
 * follows instead of many. Belongs to one {@link OpenRoom} and runs in it.
 */
final class FlushScheduler {
    /** The room is to flush its queue. A message of the room to itself. */
    enum Flush implements RoomActor.Internal {
        FLUSH
    }

    /**
     * From so many subscribers on, joins and parts are published together after a while: telling thousands about each one of
     * thousands who join would take minutes. Messages are not delayed; what is queued before them is published with them.
     */
    private static final int CROWD = 256;

    /** About what it takes to tell one subscriber. */
    private static final Duration PER_SUBSCRIBER = Duration.ofNanos(10_000);

    /**
     * From so many subscribers on, the room lets its thread write what it has published before it publishes more: under load
     * one larger batch follows instead of several small ones that compete. Without load it costs nothing that can be measured.
     */
    private static final int SEVERAL = 2;

    /**
     * How often it lets others run first: several times the way from a member's mailbox to the socket and back. With 4, and only
     * in rooms of 32, rooms of 20 reached less than half the throughput under load; 40 and 120 gave no more than 12.
     */
    private static final int TURNS = 12;

    private final ActorContext<RoomActor.Command> actor;
    private final TimerScheduler<RoomActor.Command> timers;
    private final Subscribers subscribers;
    private boolean scheduled;

    FlushScheduler(RoomContext context, Subscribers subscribers) {
        this.actor = context.actor();
        this.timers = context.timers();
        this.subscribers = subscribers;
    }

    /** Schedules a flush for an entry that has been enqueued, unless one is scheduled already. */
    void schedule(PendingEntry entry) {
        if (!(entry instanceof Message) && subscribers.count() >= CROWD) {
            if (!timers.isTimerActive(Flush.FLUSH)) {
                timers.startSingleTimer(Flush.FLUSH, Flush.FLUSH, PER_SUBSCRIBER.multipliedBy(subscribers.count()));
            }
        } else if (!scheduled) {
            scheduled = true;
            if (subscribers.count() < SEVERAL) {
                actor.getSelf().tell(Flush.FLUSH);
            } else {
                DeferredTell.taken(TURNS, actor.getExecutionContext(), actor.getSelf(), Flush.FLUSH);
            }
        }
    }

    /** The scheduled flush has come. */
    void flushed() {
        scheduled = false;
    }
}
