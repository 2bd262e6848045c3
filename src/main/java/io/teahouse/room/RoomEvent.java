package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a member of a room is told, in the order in which it happened there. Everybody in a room is told the same
 * events in the same order; {@link Welcome} and {@link Gap} are for one member alone.
 */
public sealed interface RoomEvent
        permits RoomEvent.Deed, RoomEvent.Personal, RoomEvent.Welcome, RoomEvent.Gap, RoomEvent.Joined, EventBatch {
    /** About what a stored event takes beside its texts: itself, its id and time, and who did it. */
    int EVENT_BYTES = 512;

    /** Where it happened, by the name that the room has when it is told. */
    RoomName room();

    /** Calls the one method of {@code visitor} that fits; for an {@link EventBatch}, one call per event. */
    void accept(RoomEventVisitor visitor);

    /** About how much memory it takes, as text of two bytes for each character. */
    default long bytes() {
        return EVENT_BYTES;
    }

    /** Whether it is the doing of that user. */
    default boolean isBy(Profile user) {
        return false;
    }

    /** Who may see it. */
    default Audience audience() {
        return Audience.ALL;
    }

    /** Somebody's doing. */
    sealed interface Deed extends RoomEvent
            permits Recorded, Left, MetadataChanged, ModesChanged, RoomRenamed, Invited, Signalled {
        /** Who did it, under the name of that moment. */
        Nick by();

        /** What others may know of who did it, as of that moment. */
        Profile profile();

        @Override
        default boolean isBy(Profile user) {
            return user.isSameUser(profile());
        }
    }

    /** An event that is stored and counted: what history is made of. */
    sealed interface Recorded extends Deed permits Said, TopicChanged, Redacted {
        /** Counts what is stored in the room: 1, 2, 3 … without a hole. */
        long seq();

        /** The message id: the same for everybody and for ever, derived from the room's identity and the seq. */
        String id();

        /** When the room took it, in whole milliseconds; never earlier than that of the event before it, and seldom the same. */
        Instant at();

        /** The sender's own id for it, or empty. */
        String clientId();

        /** The same, told in a room that is called so now. */
        Recorded in(RoomName now);

        @Override
        default long bytes() {
            return EVENT_BYTES
                    + (long) Character.BYTES * (textLength() + clientId().length());
        }

        /** How many characters the author chose, beside the client's id; {@link Attributes#bytes} count, too. */
        int textLength();

        /** What part of the past it is. */
        EventType type();
    }

    /**
     * An event that happens to one person everywhere at once: each room that he is in tells it. Who shares several rooms
     * with him is told several times, and knows by the cause that it is the same.
     */
    sealed interface Personal extends RoomEvent permits Left, Renamed, ProfileChanged, MetadataChanged {
        /** The same for all rooms; 0 when there is only this one. */
        long cause();
    }

    /** What kind of saying it is. */
    enum Kind {
        MESSAGE,
        /** {@code /me} */
        ACTION,
        /** By a program, not to be answered by one. */
        NOTICE,
        /** By a program for programs, worth keeping: no text, only attributes. */
        SIGNAL
    }

    /** How somebody left. */
    enum Departure {
        /** He left the room. */
        PARTED,
        /** He left the server. */
        QUIT,
        /** Somebody with the right to do so put him out. */
        KICKED,
        /** He is gone without a word: the connection was cut, or his actor failed. */
        LOST
    }

    /**
     * You are in. Goes out at the moment at which the others are told {@link Joined}.
     *
     * @param self the room's own actor: watch it, and join again when it ends
     * @param nick what you are called here
     * @param seq of the last event that was shown before; everything with a higher one will reach you
     * @param secret whether the room is listed for its members only
     * @param joined whether the subscriber made the user a member, and is told {@link Joined}, too
     */
    record Welcome(
            RoomName room,
            ActorRef<RoomActor.Command> self,
            Nick nick,
            long seq,
            Topic topic,
            Ranks ranks,
            boolean secret,
            boolean joined)
            implements RoomEvent {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.welcome(this);
        }
    }

    /** You asked to go on after seq {@code after}, but the next that there is has seq {@code next}. */
    record Gap(RoomName room, long after, long next) implements RoomEvent {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.gap(this);
        }
    }

    record Joined(RoomName room, Nick nick, Profile profile, Instant at) implements RoomEvent {
        @Override
        public boolean isBy(Profile user) {
            return user.isSameUser(profile);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.joined(this);
        }
    }

    /**
     * Somebody is not in the room any more.
     *
     * @param text his parting words or the reason; may be empty
     * @param by who did it: the kicker, or the leaver himself
     * @param byProfile the kicker's, or the leaver's own
     */
    record Left(
            RoomName room,
            Nick nick,
            Profile profile,
            Departure how,
            String text,
            Nick by,
            Profile byProfile,
            long cause,
            Instant at)
            implements Personal, Deed {
        @Override
        public boolean isBy(Profile user) {
            return user.isSameUser(byProfile);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.left(this);
        }
    }

    record Renamed(RoomName room, Nick from, Nick to, Profile profile, long cause, Instant at) implements Personal {
        @Override
        public boolean isBy(Profile user) {
            return user.isSameUser(profile);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.renamed(this);
        }
    }

    /** Others may know something new of somebody: that he is away, what he says of himself, his account. */
    record ProfileChanged(RoomName room, Nick nick, Profile before, Profile after, long cause, Instant at)
            implements Personal {
        @Override
        public boolean isBy(Profile user) {
            return user.isSameUser(after);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.profileChanged(this);
        }
    }

    /**
     * Something else is noted for programs about the room, or about one of its members.
     *
     * @param personal true: about who did it; false: about the room
     * @param changes the new values by their keys; an empty one: nothing is noted under that key any more
     */
    record MetadataChanged(
            RoomName room,
            Nick by,
            Profile profile,
            boolean personal,
            Map<String, String> changes,
            long cause,
            Instant at)
            implements Personal, Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.metadataChanged(this);
        }
    }

    /** The room is set otherwise, or somebody in it has other ranks. */
    record ModesChanged(RoomName room, Nick by, Profile profile, List<ModeChange> changes, Instant at) implements Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.modesChanged(this);
        }
    }

    /**
     * The room is called otherwise; whatever follows bears the new name.
     *
     * @param room as it was called
     * @param to as it is called now; perhaps the same name, spelt otherwise
     * @param reason may be empty
     */
    record RoomRenamed(RoomName room, RoomName to, Nick by, Profile profile, String reason, Instant at)
            implements Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.roomRenamed(this);
        }
    }

    /** Somebody was asked in; for those who keep order. */
    record Invited(RoomName room, Nick by, Profile profile, Nick target, Instant at) implements Deed {
        @Override
        public Audience audience() {
            return Audience.HALF_OPERATORS;
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.invited(this);
        }
    }

    /**
     * Something for programs, not for people: that somebody is typing, say. Not stored.
     *
     * @param attributes as in {@link Said}
     */
    record Signalled(
            RoomName room, String id, Nick by, Profile profile, Attributes attributes, Audience audience, Instant at)
            implements Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.signalled(this);
        }
    }

    /**
     * Somebody said something. To the one who said it, this is the receipt: it is stored.
     *
     * @param text one line, or several with a line feed between them
     * @param attributes what programs attached to it
     */
    record Said(
            RoomName room,
            long seq,
            String id,
            Instant at,
            Nick by,
            Profile profile,
            Kind kind,
            String text,
            Attributes attributes,
            Audience audience,
            String clientId)
            implements Recorded {
        @Override
        public EventType type() {
            return kind == Kind.SIGNAL ? EventType.SIGNAL : EventType.MESSAGE;
        }

        @Override
        public int textLength() {
            return text.length() + (int) (attributes.bytes() / Character.BYTES);
        }

        @Override
        public Said in(RoomName now) {
            return now.equals(room)
                    ? this
                    : new Said(now, seq, id, at, by, profile, kind, text, attributes, audience, clientId);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.said(this);
        }
    }

    /**
     * The room has another topic.
     *
     * @param text the new topic; empty: there is none any more
     */
    record TopicChanged(
            RoomName room, long seq, String id, Instant at, Nick by, Profile profile, String text, String clientId)
            implements Recorded {
        /** The new topic. */
        public Topic topic() {
            return new Topic(text, by.text(), at);
        }

        @Override
        public EventType type() {
            return EventType.TOPIC;
        }

        @Override
        public int textLength() {
            return text.length();
        }

        @Override
        public TopicChanged in(RoomName now) {
            return now.equals(room) ? this : new TopicChanged(now, seq, id, at, by, profile, text, clientId);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.topicChanged(this);
        }
    }

    /**
     * Something that was said is taken back: whoever has it should not show it any more.
     *
     * @param target the id of what is taken back
     * @param targetSeq its seq
     * @param reason may be empty
     */
    record Redacted(
            RoomName room,
            long seq,
            String id,
            Instant at,
            Nick by,
            Profile profile,
            String target,
            long targetSeq,
            String reason,
            String clientId)
            implements Recorded {
        @Override
        public EventType type() {
            return EventType.REDACTION;
        }

        @Override
        public int textLength() {
            return reason.length();
        }

        @Override
        public Redacted in(RoomName now) {
            return now.equals(room)
                    ? this
                    : new Redacted(now, seq, id, at, by, profile, target, targetSeq, reason, clientId);
        }

        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.redacted(this);
        }
    }
}
