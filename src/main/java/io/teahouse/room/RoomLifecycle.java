package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.annotation.InternalApi;

/**
 * Port: the actor that opened a room decides when it ends and whether it may be renamed, and reopens it after a
 * failure. These are the messages that rooms send it. It ends an empty room by {@link RoomActor.StopIfEmpty}, and
 * receives summaries as its observer, see {@link RoomParts}.
 */
public final class RoomLifecycle {
    private RoomLifecycle() {}

    public sealed interface Command {}

    /**
     * A room wants to be renamed. Answered by {@link RoomActor.NameAnswer}; from then on both names lead to the room,
     * until it reports the new name ({@link RoomSummary#room}).
     *
     * @param from the present name
     * @param room itself
     */
    @InternalApi
    public record Rename(RoomName from, RoomName to, ActorRef<RoomActor.Command> room) implements Command {}

    /** A room did not end as requested: it has members, or a user is about to join. */
    public record StillUsed(RoomName room) implements Command {}
}
