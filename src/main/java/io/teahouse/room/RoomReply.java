package io.teahouse.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The answer to a command, sent to its {@code replyTo} alone. What all members see is a {@link RoomEvent}. */
public sealed interface RoomReply {
    RoomName room();

    /** The {@link RoomActor.Asking#number} of the command. */
    long number();

    /**
     * The command was refused, and nothing was published.
     *
     * @param clientId as in the command, or empty
     */
    record Refused(RoomName room, long number, String clientId, Refusal refusal) implements RoomReply {
        static Refused of(RoomName room, RoomActor.Asking asked, Refusal refusal) {
            return new Refused(room, asked.number(), asked.clientId(), refusal);
        }
    }

    /**
     * It is not known whether the message was stored. If it was, it is published later, which is its receipt; if not, a
     * {@link Refused} follows. A retry with the same client id is safe.
     *
     * @param clientId as in the command, or empty
     */
    record InDoubt(RoomName room, long number, String clientId) implements RoomReply {
        static InDoubt of(RoomName room, RoomActor.Asking asked) {
            return new InDoubt(room, asked.number(), asked.clientId());
        }
    }

    /** The message of a sender from outside was published; members get the event itself. */
    record Shown(RoomName room, long number, RoomEvent event) implements RoomReply {}

    /**
     * A change to a member was made and published. Not sent for a command with number 0, whose sender reads the event.
     */
    record Done(RoomName room, long number) implements RoomReply {}

    /**
     * The result of {@link RoomActor.SetModes}.
     *
     * @param changed whether a {@link RoomEvent.ModesChanged} follows
     * @param refusals the refused changes
     */
    record ModesSet(RoomName room, long number, boolean changed, List<Refusal> refusals) implements RoomReply {}

    /** The invitation was accepted; the inviter notifies the invitee. */
    record Invitation(RoomName room, long number, Nick target) implements RoomReply {}

    /**
     * The settings of a room.
     *
     * @param member whether the sender of the command is a member; otherwise the key is hidden
     * @param settings flags, key and limit
     * @param list the requested list
     */
    record Description(
            RoomName room,
            long number,
            boolean member,
            Instant created,
            Topic topic,
            List<ModeChange> settings,
            List<Modes.Entry> list)
            implements RoomReply {
        /** Whether only members see the room in lists. */
        public boolean isSecret() {
            return settings.stream().anyMatch(each -> each.mode() == Mode.SECRET);
        }
    }

    /** The message is a retry under the same client id; this is the original, and nothing was published again. */
    record Repeated(RoomName room, long number, String clientId, RoomEvent.Recorded original) implements RoomReply {
        static Repeated of(RoomName room, RoomActor.Asking asked, RoomEvent.Recorded original) {
            return new Repeated(room, asked.number(), asked.clientId(), original);
        }
    }

    /**
     * The metadata of the room, or the result of changing it.
     *
     * @param entries values by key; an empty one: the key was removed
     */
    record Metadata(RoomName room, long number, Map<String, String> entries) implements RoomReply {}

    /**
     * What operators of the server may know of a room.
     *
     * @param owner the account that it belongs to; empty: it is not registered
     * @param seq counts what was ever stored in it
     */
    record Details(
            RoomName room,
            long number,
            int members,
            String owner,
            Instant created,
            long seq,
            String topic,
            List<ModeChange> settings)
            implements RoomReply {}

    /**
     * Some messages were redacted.
     *
     * @param more whether there are more to redact: the operation may be repeated
     */
    record Erased(RoomName room, long number, int count, boolean more) implements RoomReply {}

    /** The members of the room, in the order of their joins, as far as those are published. */
    record NameList(RoomName room, long number, boolean secret, List<Participant> members) implements RoomReply {}

    /**
     * A part of the history, oldest first.
     *
     * @param known false: a message that was given as a mark does not exist
     * @param gap true: some of the requested events are not kept any more
     */
    record Past(RoomName room, long number, List<RoomEvent.Recorded> events, boolean known, boolean gap)
            implements RoomReply {}

    /** A member, as others may see them. */
    record Participant(Nick nick, Profile profile, Ranks ranks) {}
}
