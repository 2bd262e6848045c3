package io.teahouse.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The answer to one command, told to its {@code replyTo} alone. What everybody sees is a {@link RoomEvent}. */
public sealed interface RoomReply {
    RoomName room();

    /** The {@link RoomActor.Asking#number} of the command. */
    long number();

    /**
     * The command was not carried out, and nobody saw anything of it.
     *
     * @param clientId as in the command, or empty
     */
    record Refused(RoomName room, long number, String clientId, Refusal refusal) implements RoomReply {
        static Refused of(RoomName room, RoomActor.Asking asked, Refusal refusal) {
            return new Refused(room, asked.number(), asked.clientId(), refusal);
        }
    }

    /**
     * It is not known whether the message was stored. If it was, it is shown later, which is then its receipt; if not,
     * a {@link Refused} follows. Saying it again with the same client id is safe.
     *
     * @param clientId as in the command, or empty
     */
    record InDoubt(RoomName room, long number, String clientId) implements RoomReply {
        static InDoubt of(RoomName room, RoomActor.Asking asked) {
            return new InDoubt(room, asked.number(), asked.clientId());
        }
    }

    /** Somebody who is not a member said something, and it was shown; a member is told the event itself. */
    record Shown(RoomName room, long number, RoomEvent event) implements RoomReply {}

    /**
     * A change to a member has been made, and the subscribers have been told. Not sent for a command with number 0, whose
     * asker reads it from the event.
     */
    record Done(RoomName room, long number) implements RoomReply {}

    /**
     * What became of {@link RoomActor.SetModes}.
     *
     * @param changed whether a {@link RoomEvent.ModesChanged} follows
     * @param refusals for what was not done
     */
    record ModesSet(RoomName room, long number, boolean changed, List<Refusal> refusals) implements RoomReply {}

    /** The invitation was accepted; the inviter notifies the invitee. */
    record Invitation(RoomName room, long number, Nick target) implements RoomReply {}

    /**
     * How a room is set.
     *
     * @param member whether the asker is one; else the key is hidden
     * @param settings flags, key and limit
     * @param list the list that was asked for
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
        /** Whether the room is listed for its members only. */
        public boolean isSecret() {
            return settings.stream().anyMatch(each -> each.mode() == Mode.SECRET);
        }
    }

    /** The message had been said before under the same client id; this is the original, and it was not shown again. */
    record Repeated(RoomName room, long number, String clientId, RoomEvent.Recorded original) implements RoomReply {
        static Repeated of(RoomName room, RoomActor.Asking asked, RoomEvent.Recorded original) {
            return new Repeated(room, asked.number(), asked.clientId(), original);
        }
    }

    /**
     * What is noted about the room, or what became of changing that.
     *
     * @param entries values by their keys; an empty one: nothing is noted under that key any more
     */
    record Metadata(RoomName room, long number, Map<String, String> entries) implements RoomReply {}

    /** Who is in the room, in the order in which they came, as far as everybody else has seen it. */
    record NameList(RoomName room, long number, boolean secret, List<Participant> members) implements RoomReply {}

    /**
     * What was said, oldest first.
     *
     * @param known false: a message that was named as a mark is not there
     * @param gap true when something that was asked for is no longer kept
     */
    record Past(RoomName room, long number, List<RoomEvent.Recorded> events, boolean known, boolean gap)
            implements RoomReply {}

    /** One of the members, as others may see him. */
    record Participant(Nick nick, Profile profile, Ranks ranks) {}
}
