package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An event of a room. All subscribers of a room receive the same events in the same order; only {@link Welcome} and
 * {@link Gap} are for a single one.
 */
public sealed interface RoomEvent
        permits RoomEvent.Deed, RoomEvent.Personal, RoomEvent.Welcome, RoomEvent.Gap, RoomEvent.Joined, EventBatch {
    /** The approximate memory of a stored event without its texts. */
    int EVENT_BYTES = 512;

    /** The room, by its name at the time of publication. */
    RoomName room();

    /** Calls the method of {@code visitor} for this type of event; for an {@link EventBatch}, one call per event. */
    void accept(RoomEventVisitor visitor);

    /** Its approximate memory, with two bytes per character. */
    default long bytes() {
        return EVENT_BYTES;
    }

    /** Whether that user caused it. */
    default boolean isBy(Profile user) {
        return false;
    }

    /** The members who may see it. */
    default Audience audience() {
        return Audience.ALL;
    }

    /** An event that a user caused. */
    sealed interface Deed extends RoomEvent
            permits Recorded, Left, MetadataChanged, ModesChanged, RoomRenamed, Invited, Signalled {
        /** The nick of that user at that moment. */
        Nick by();

        /** The public profile of that user at that moment. */
        Profile profile();

        @Override
        default boolean isBy(Profile user) {
            return user.isSameUser(profile());
        }
    }

    /** An event that is stored, with a seq: a part of the history. */
    sealed interface Recorded extends Deed permits Said, TopicChanged, Redacted {
        /** Numbers the stored events of the room: 1, 2, 3 … without a gap. */
        long seq();

        /** The message id: derived from the log's identity and the seq, the same for all users, and permanent. */
        String id();

        /**
         * When the room accepted it, in whole milliseconds; never earlier than the previous event, and rarely equal.
         */
        Instant at();

        /** The client id, or empty. */
        String clientId();

        /** The same under the current name of the room. */
        Recorded in(RoomName now);

        @Override
        default long bytes() {
            return EVENT_BYTES
                    + (long) Character.BYTES * (textLength() + clientId().length());
        }

        /**
         * The number of characters that the author chose, without the client id; {@link Attributes#bytes} count, too.
         */
        int textLength();

        /** Its type, for history requests. */
        EventType type();
    }

    /**
     * An event of one user that each of their rooms publishes. A user who shares several rooms with them gets it
     * several times, and recognizes it by its cause.
     */
    sealed interface Personal extends RoomEvent permits Left, Renamed, ProfileChanged, MetadataChanged {
        /** The same number in all rooms; 0 if there is only this one. */
        long cause();
    }

    /** The kind of a message. */
    enum Kind {
        MESSAGE,
        /** {@code /me} */
        ACTION,
        /** A message that programs must not answer automatically. */
        NOTICE,
        /** A stored message between programs: no text, only attributes. */
        SIGNAL
    }

    /** How a member left. */
    enum Departure {
        /** They left the room. */
        PARTED,
        /** They left the server. */
        QUIT,
        /** An operator kicked them. */
        KICKED,
        /** Their connection was cut, or their actor failed. */
        LOST
    }

    /**
     * The subscriber has been admitted. Sent together with the {@link Joined} of the others.
     *
     * @param self the room's actor: watch it, and rejoin when it ends
     * @param nick the member's nick in this room
     * @param seq of the last event that was published before; the subscriber receives all later ones
     * @param secret whether only members see the room in lists
     * @param joined whether the subscriber made the user a member, and receives {@link Joined}, too
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

    /** The subscriber asked for the events after seq {@code after}, but the next available one has seq {@code next}. */
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
     * A member is no longer in the room.
     *
     * @param text their parting words, or the reason; may be empty
     * @param by the user who kicked them, or themselves
     * @param byProfile the profile of that user
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

    /** The public profile of a member has changed: their away message, real name, or account. */
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
     * The metadata of the room, or of one of its members, has changed.
     *
     * @param personal true: that of the member who changed it; false: that of the room
     * @param changes the new values by key; an empty one: the key was removed
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

    /** Modes of the room, or ranks of members, have changed. */
    record ModesChanged(RoomName room, Nick by, Profile profile, List<ModeChange> changes, Instant at) implements Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.modesChanged(this);
        }
    }

    /**
     * The room was renamed; later events bear the new name.
     *
     * @param room the old name
     * @param to the new name; perhaps another spelling of the old one
     * @param reason may be empty
     */
    record RoomRenamed(RoomName room, RoomName to, Nick by, Profile profile, String reason, Instant at)
            implements Deed {
        @Override
        public void accept(RoomEventVisitor visitor) {
            visitor.roomRenamed(this);
        }
    }

    /** A user was invited; sent to members with a rank for it. */
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
     * A signal between programs, for example that a user is typing. Not stored.
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
     * A message was sent. It is stored; for its author, this is the receipt.
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
     * The topic was changed.
     *
     * @param text the new topic; empty: it was removed
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
     * A message was redacted: clients should not show it any more.
     *
     * @param target the id of the redacted message
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
