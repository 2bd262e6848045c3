package io.teahouse.room;

import java.util.List;

/** The answer to one command, told to its {@code replyTo} alone. What everybody sees is a {@link RoomEvent}. */
public sealed interface RoomReply {
    RoomName room();

    /** The command was not carried out, and nobody saw anything of it. */
    record Refused(RoomName room, String clientId, Refusal refusal) implements RoomReply {}

    /**
     * It is not known whether the message was stored. If it was, it is shown later, which is then its receipt; if not,
     * a {@link Refused} follows. Saying it again with the same client id is safe.
     */
    record InDoubt(RoomName room, String clientId) implements RoomReply {}

    /** The message had been said before under the same client id; this is the original, and it was not shown again. */
    record Repeated(RoomName room, String clientId, RoomEvent.Recorded original) implements RoomReply {}

    /** Who is in the room, in the order in which they came, as far as everybody else has seen it. */
    record NameList(RoomName room, List<Participant> members) implements RoomReply {}

    /**
     * What was said, oldest first.
     *
     * @param gap true when something that was asked for is no longer kept
     */
    record Past(RoomName room, List<RoomEvent.Recorded> events, boolean gap) implements RoomReply {}

    /** One of the members, as others may see him. */
    record Participant(Nick nick, boolean operator) {}
}
