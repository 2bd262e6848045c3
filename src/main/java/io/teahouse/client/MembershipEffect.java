package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.Optional;

/** What a transition of a {@link Membership} causes outside; {@link RoomJoiner} carries it out. */
sealed interface MembershipEffect {
    // Actors

    /**
     * The directory is to be asked where the room is.
     *
     * @param counted whether it counts for the quota of the client if it is opened
     */
    record Locate(RoomName room, boolean counted) implements MembershipEffect {}

    /** The room is to be located again after a while. */
    record RetryLater() implements MembershipEffect {}

    record Watch(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    record Unwatch(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    /**
     * The room is to be asked to let the client in.
     *
     * @param since as {@link RoomActor.Back#since}; empty: the client joins as a newcomer
     * @param member the room refuses a user who is no member any more
     */
    record Join(ActorRef<RoomActor.Command> ref, Nick nick, String key, Optional<Long> since, boolean member)
            implements MembershipEffect {}

    /** The same for a conversation, which refuses neither of its users. */
    record JoinConversation(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    record Tell(ActorRef<RoomActor.Command> ref, RoomActor.Command command) implements MembershipEffect {}

    /** The membership has ended. */
    record Forget(RoomName room) implements MembershipEffect {}

    // The client

    /**
     * The client has been let in.
     *
     * @param recent as in {@link Dialect#welcomed}
     */
    record Welcomed(RoomEvent.Welcome welcome, long recent) implements MembershipEffect {}

    /** The client is to be shown its own join, which others were not told of. */
    record ShowJoined(RoomEvent.Welcome welcome, Nick nick) implements MembershipEffect {}

    /** The client is to be shown that it has left, as the room is not there to tell it so. */
    record ShowLeft(RoomName room, Nick nick, String text) implements MembershipEffect {}

    /** Told after the client has been shown that it left. */
    record Departed(RoomName room) implements MembershipEffect {}

    record ShowGap(RoomEvent.Gap gap) implements MembershipEffect {}

    record Refuse(Outcome outcome, RoomReply.Refused refused) implements MembershipEffect {}

    /** The room does not let the client in again. */
    record RefuseRejoin(RoomReply.Refused refused) implements MembershipEffect {}

    record Doubt(Outcome outcome, RoomReply.InDoubt doubt) implements MembershipEffect {}

    record Repeat(Outcome outcome, RoomReply.Repeated repeated) implements MembershipEffect {}
}
