package io.teahouse.room;

import akka.actor.typed.ActorRef;

/**
 * Port: whoever opened a room decides when it ends and whether it may be renamed. It is an actor, which also opens the room
 * again after a failure, and this is what rooms tell it. It asks an empty room to end by {@link RoomActor.StopIfEmpty}, and
 * learns what a room is like as its observer, see {@link RoomParts}.
 */
public final class RoomLifecycle {
    private RoomLifecycle() {}

    public sealed interface Command {}

    /**
     * A room wants to be renamed. Answered by {@link RoomActor.NameAnswer}; from then on both names lead to the room, until
     * it reports that its members know the new name ({@link RoomSummary#room}).
     *
     * @param from the present name
     * @param room itself
     */
    public record Rename(RoomName from, RoomName to, ActorRef<RoomActor.Command> room) implements Command {}

    /** A room that was asked to end goes on: somebody is in it, or about to enter. */
    public record StillUsed(RoomName room) implements Command {}
}
