package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An entry of a room's {@link PendingQueue}. */
sealed interface PendingEntry {
    /** Whether it may be published when its turn comes: a message must be stored or refused first. */
    default boolean isDecided() {
        return true;
    }

    /**
     * A user becomes a member, or a member gets another subscriber.
     *
     * @param subscriber empty: the user is away
     * @param first whether it makes the user a member
     * @param silent whether the join is not published
     * @param since the last seq that the subscriber has seen, or -1
     * @param rejoins whether the subscriber was in the room before it opened again, and does not know what has changed
     */
    record Arrival(
            Member member,
            Optional<ActorRef<RoomEvent>> subscriber,
            Delivery delivery,
            Nick nick,
            Profile profile,
            boolean first,
            boolean silent,
            long since,
            boolean rejoins,
            Instant at)
            implements PendingEntry {}

    /**
     * A member leaves, or is removed.
     *
     * @param cause the subscriber who caused it, if any
     * @param lost whether the owner of the membership has ended
     * @param event the event to publish, if any
     */
    record Exit(Member member, Optional<ActorRef<RoomEvent>> cause, boolean lost, List<RoomEvent> event)
            implements PendingEntry {}

    /**
     * An event that is published and not stored.
     *
     * @param cause the subscriber who caused it, if any
     * @param ranked the members whose ranks it changes, with their new ranks
     * @param asked is answered by {@link RoomReply.Done} after the publication
     */
    record Notice(
            Optional<ActorRef<RoomEvent>> cause,
            RoomEvent event,
            Map<Member, Ranks> ranked,
            Optional<RoomActor.Asking> asked)
            implements PendingEntry {
        Notice(ActorRef<RoomEvent> cause, RoomEvent event) {
            this(cause, event, Map.of());
        }

        Notice(ActorRef<RoomEvent> cause, RoomEvent event, Map<Member, Ranks> ranked) {
            this(Optional.of(cause), event, ranked, Optional.empty());
        }

        /** A change to a member. */
        Notice(Member about, RoomEvent event, RoomActor.Asking asked) {
            this(about.itself(), event, Map.of(), Optional.of(asked));
        }
    }

    /**
     * A command that was handled before, by this room: its sender did not get the answer. It is answered again after the
     * publication of what was enqueued before.
     */
    record Repeat(RoomActor.Asking asked) implements PendingEntry {}

    /** A message to be stored before it is published, and the commands that wait for its outcome. */
    final class Message implements PendingEntry {
        enum State {
            WAITING,
            UNDER_WAY,
            STORED,
            REFUSED
        }

        /** Creates the event when its seq is known. */
        interface Draft {
            RoomEvent.Recorded at(long seq, String id, Instant at);
        }

        /** The subscriber who asked for it. */
        final ActorRef<RoomEvent> cause;

        final UserId from;
        final Draft draft;

        /** The session that may read it, see {@link RoomLog#append}. */
        final long forWhom;

        final List<RoomActor.Asking> commands = new ArrayList<>(1);
        State state = State.WAITING;

        /** What the sender of the first command is told when the event is published; empty: the event itself is the receipt. */
        Optional<RoomReply> receipt = Optional.empty();

        /** The event, once the message is being appended. */
        Optional<RoomEvent.Recorded> recorded = Optional.empty();

        /** @param from the sender, as {@link Profile#senderId} has it */
        Message(ActorRef<RoomEvent> cause, UserId from, Draft draft, long forWhom, RoomActor.Asking asked) {
            this.cause = cause;
            this.forWhom = forWhom;
            this.from = from;
            this.draft = draft;
            commands.add(asked);
        }

        private String clientId() {
            return commands.get(0).clientId();
        }

        @Override
        public boolean isDecided() {
            return state == State.STORED || state == State.REFUSED;
        }

        boolean isStored() {
            return state == State.STORED;
        }

        /** The retries: the event itself is the receipt of the first command only. */
        List<RoomActor.Asking> retries() {
            return commands.subList(1, commands.size());
        }

        boolean isRepeatedBy(UserId who, String repeatedId) {
            return clientId().equals(repeatedId) && from.equals(who);
        }

        boolean isRepeatedBy(ActorRef<RoomEvent> subscriber, String repeatedId) {
            return clientId().equals(repeatedId) && cause.equals(subscriber);
        }
    }
}
