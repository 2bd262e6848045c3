package io.teahouse.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Something that stands in a room's {@link PendingQueue}. */
sealed interface PendingEntry {
    /** Somebody comes in. {@code since}: the seq after which he wants to go on, or -1. */
    record Arrival(Member member, Nick nick, Profile profile, boolean silent, long since, Instant at)
            implements PendingEntry {}

    /** Somebody goes, by his own will or another's. {@code event} is what the others are told, where they are told. */
    record Exit(Member member, Member by, List<RoomEvent> event) implements PendingEntry {}

    /** Something that is only told. */
    record Notice(Member by, RoomEvent event) implements PendingEntry {}

    /** What is to be stored before it is told, and who wants to know what became of it. */
    final class Message implements PendingEntry {
        enum State {
            WAITING,
            UNDER_WAY,
            STORED,
            REFUSED
        }

        /** Makes the event, once its place in the count is known. */
        interface Draft {
            RoomEvent.Recorded at(long seq, String id, Instant at);
        }

        final Member sender;
        final String from;
        final Draft draft;

        /** For whom it is, as {@link RoomLog#append} has it. */
        final long sitting;

        final List<RoomActor.Asking> askers = new ArrayList<>(1);
        State state = State.WAITING;

        /** The event, once the message is under way. */
        Optional<RoomEvent.Recorded> recorded = Optional.empty();

        Message(Member sender, Draft draft, long sitting, RoomActor.Asking asked) {
            this.sender = sender;
            this.sitting = sitting;
            this.from = sender.profile().sender(sender.nick());
            this.draft = draft;
            askers.add(asked);
        }

        private String clientId() {
            return askers.get(0).clientId();
        }

        boolean isStored() {
            return state == State.STORED;
        }

        /** The receipt of whoever asked first is the event; the others are told that it is not shown again. */
        void tellRepeaters(Function<RoomActor.Asking, RoomReply> reply) {
            askers.subList(1, askers.size()).forEach(asked -> asked.replyTo().tell(reply.apply(asked)));
        }

        void tellAskers(Function<RoomActor.Asking, RoomReply> reply) {
            askers.forEach(asked -> asked.replyTo().tell(reply.apply(asked)));
        }

        boolean isRepeatedBy(String who, String repeatedId) {
            return clientId().equals(repeatedId) && from.equals(who);
        }
    }
}
