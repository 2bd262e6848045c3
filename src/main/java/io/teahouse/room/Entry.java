package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that stands in a room's {@link Line}. */
sealed interface Entry {
    /** Somebody comes in. {@code since}: the seq after which he wants to go on, or -1. */
    record Arrival(Member member, Nick nick, boolean silent, long since, Instant at) implements Entry {}

    /** Somebody goes, by his own will or another's. {@code event} is what the others are told, where they are told. */
    record Exit(Member member, Member by, List<RoomEvent> event) implements Entry {}

    /** Something that is only told. */
    record Notice(Member by, RoomEvent event) implements Entry {}

    /** What is to be stored before it is told, and who wants to know what became of it. */
    final class Message implements Entry {
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
        final Nick nick;
        final String clientId;
        final Draft draft;
        final List<ActorRef<RoomReply>> askers = new ArrayList<>(1);
        State state = State.WAITING;

        /** The event, once the message is under way. */
        Optional<RoomEvent.Recorded> recorded = Optional.empty();

        Message(Member sender, String clientId, Draft draft, ActorRef<RoomReply> asker) {
            this.sender = sender;
            this.nick = sender.nick();
            this.clientId = clientId;
            this.draft = draft;
            askers.add(asker);
        }

        boolean isStored() {
            return state == State.STORED;
        }

        /** The receipt of whoever asked first is the event; the others are told that it is not shown again. */
        void tellRepeaters(RoomReply reply) {
            askers.subList(1, askers.size()).forEach(asker -> asker.tell(reply));
        }

        void tellAskers(RoomReply reply) {
            askers.forEach(asker -> asker.tell(reply));
        }

        boolean isRepeatedBy(Nick by, String repeatedId) {
            return clientId.equals(repeatedId) && nick.sameAs(by);
        }
    }
}
