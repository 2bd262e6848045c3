package io.teahouse.room;

import akka.actor.typed.ActorRef;

/**
 * What a room sends a user about their own membership, see {@link RoomActor.Identity#observer}. The user gets it before
 * any subscriber gets the event.
 */
public sealed interface MemberEvent {
    /** The current name of the room. */
    RoomName room();

    /** The room that sends it. */
    ActorRef<RoomActor.Command> self();

    /**
     * The user has become a member, or their ranks, the name of the room or its mode {@link Mode#SECRET} have changed.
     *
     * @param user who became a member; the user may have another id now
     * @param nick the name under which the room knows the user
     * @param secret whether the room has the mode {@link Mode#SECRET}
     * @param seq of the newest event that the room has shown; 0: none
     */
    record Placed(
            RoomName room,
            ActorRef<RoomActor.Command> self,
            UserId user,
            Nick nick,
            Ranks ranks,
            boolean secret,
            long seq)
            implements MemberEvent {}

    /**
     * The user is no longer a member: they left, were kicked, or were lost.
     *
     * @param user who was a member
     */
    record Removed(RoomName room, UserId user, ActorRef<RoomActor.Command> self) implements MemberEvent {}
}
