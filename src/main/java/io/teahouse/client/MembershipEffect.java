package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserRoom;
import java.util.Optional;

/** A side effect of a transition of a {@link Membership}; {@link RoomJoiner} carries it out. */
sealed interface MembershipEffect {
    // Actors

    /**
     * Locate the room through the directory.
     *
     * @param counted whether it counts for the quota of the client if it is opened
     */
    record Locate(RoomName room, boolean counted) implements MembershipEffect {}

    /** Locate the room again after a while. */
    record RetryLater() implements MembershipEffect {}

    /**
     * Subscribe again after a while, unless the user has left.
     *
     * @param fresh as {@link MembershipState.Subscribing#fresh}
     */
    record SubscribeLater(UserRoom room, boolean fresh) implements MembershipEffect {}

    record Watch(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    record Unwatch(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    /**
     * Send the room a join.
     *
     * @param since as {@link RoomActor.Back#since}; empty: a first join
     * @param member the room refuses a user who is no member any more
     */
    record Join(ActorRef<RoomActor.Command> ref, Nick nick, String key, Optional<Long> since, boolean member)
            implements MembershipEffect {}

    /** The same for a conversation, which refuses neither of its users. */
    record JoinConversation(ActorRef<RoomActor.Command> ref) implements MembershipEffect {}

    record Tell(ActorRef<RoomActor.Command> ref, RoomActor.Command command) implements MembershipEffect {}

    /** The membership has ended. */
    record Forget() implements MembershipEffect {}

    // The client

    /**
     * The client has joined.
     *
     * @param recent as in {@link Dialect#welcomed}
     */
    record Welcomed(RoomEvent.Welcome welcome, long recent) implements MembershipEffect {}

    /** Show the client its own join, which was not published. */
    record ShowJoined(RoomEvent.Welcome welcome, Nick nick) implements MembershipEffect {}

    /** Show the client that it has left, because the room is not there to publish it. */
    record ShowLeft(RoomName room, Nick nick, String text) implements MembershipEffect {}

    /** Follows after the client has been shown that it left. */
    record Departed(RoomName room) implements MembershipEffect {}

    record ShowGap(RoomEvent.Gap gap) implements MembershipEffect {}

    record Refuse(Outcome outcome, RoomReply.Refused refused) implements MembershipEffect {}

    /** The room refuses the rejoin. */
    record RefuseRejoin(RoomReply.Refused refused) implements MembershipEffect {}

    record Doubt(Outcome outcome, RoomReply.InDoubt doubt) implements MembershipEffect {}

    record Repeat(Outcome outcome, RoomReply.Repeated repeated) implements MembershipEffect {}
}
