package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Publication;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;

/** What a room, or another relay, sends a {@link RoomRelay}, apart from replies. */
sealed interface RelayMessage extends ClusterMessage {
    /** A subscriber of another node has joined, see {@link ClusterRooms.Introduce}. */
    record Introduced(ActorRef<RoomEvent> subscriber) implements RelayMessage {}

    /**
     * The relay delivers for the subscribers of its node from now on.
     *
     * @param attempt see {@link RoomActor.Attach}. A relay ignores messages of an earlier one
     */
    record Attached(ActorRef<RoomActor.Command> room, long attempt) implements RelayMessage {}

    /**
     * The room cannot be opened now, or never.
     *
     * @param attempt see {@link RoomActor.Attach}
     */
    record NotOpen(long attempt, Refusal why) implements RelayMessage {}

    /**
     * The room has another name now, and goes on under it as another actor.
     *
     * @param attempt see {@link RoomActor.Attach}
     */
    record Moved(long attempt, RoomName to) implements RelayMessage {}

    /**
     * The room did not get a command of the relay, see {@link RoomActor.Passed#place}.
     *
     * @param attempt see {@link RoomActor.Attach}
     */
    record CommandLost(long attempt) implements RelayMessage {}

    /**
     * Something to deliver.
     *
     * @param number counts the messages of the attempt: 1, 2, 3 … The network may lose one without notice
     */
    record Relayed(long attempt, long number, Operation what) implements RelayMessage {}

    /**
     * The answer to {@link RoomActor.TellNewest}.
     *
     * @param number of the newest {@link Relayed} of the attempt; 0: there was none
     */
    record Newest(long attempt, long number) implements RelayMessage {}

    /** What the relay does to its {@link io.teahouse.room.Subscribers}, see {@link io.teahouse.room.Fanout}. */
    sealed interface Operation extends ClusterMessage {}

    record Add(ActorRef<RoomEvent> subscriber, UserId user, Delivery delivery) implements Operation {}

    record ChangeUser(ActorRef<RoomEvent> subscriber, UserId to) implements Operation {}

    record Remove(ActorRef<RoomEvent> subscriber) implements Operation {}

    record Depart(ActorRef<RoomEvent> subscriber) implements Operation {}

    record Publish(Encoded<Publication> publication) implements Operation {}

    record TellSubscriber(ActorRef<RoomEvent> subscriber, RoomEvent event) implements Operation {}

    record TellUser(ActorRef<MemberEvent> user, MemberEvent event) implements Operation {}

    /** The answer to a command of the relay. */
    record Answer(RoomReply reply) implements Operation {}

    /** A command without an answer was handled before. */
    record Handled(long number) implements Operation {}

    /**
     * The subscriber is about to catch up.
     *
     * @param upTo the seq of the last event that they miss
     */
    record Hold(ActorRef<RoomEvent> subscriber, long hold, long upTo) implements Operation {}

    record Release(ActorRef<RoomEvent> subscriber, long hold, EventBatch missed) implements Operation {}

    /** A part of an operation that is too large for one message. The next one follows, unless it is the last. */
    record Part(Bytes bytes, boolean last) implements Operation {}
}
