package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.time.Duration;
import java.util.List;

/**
 * Port: delivers what one room publishes to its subscribers, and to the users what concerns their membership. {@link
 * Subscribers} tells them directly. Called by the room's actor only; a call is in order with all others.
 */
public interface Fanout {
    /** Creates the fan-out of a room that has opened its log. */
    @FunctionalInterface
    interface Factory {
        /** The room cannot be opened now, or never: {@link RoomActor.Attach} is not answered otherwise. */
        default void refuse(RoomActor.Attach relay, Refusal why) {}

        /** The room has another name, and goes on under it as another actor. */
        default void moved(RoomActor.Attach relay, RoomName to) {}

        /**
         * Creates the fan-out of that room.
         *
         * @param generation of the log, see {@link Publication}
         */
        Fanout create(ActorContext<RoomActor.Command> room, long generation);
    }

    /** The number of subscribers. */
    int count();

    boolean contains(ActorRef<RoomEvent> subscriber);

    void add(ActorRef<RoomEvent> subscriber, UserId user, Delivery delivery);

    /** Changes the user id of a subscription. */
    void changeUser(ActorRef<RoomEvent> subscriber, UserId to);

    /** Ends a subscription at once. */
    void remove(ActorRef<RoomEvent> subscriber);

    /** Ends a subscription with the next publication, which names its last event. */
    void depart(ActorRef<RoomEvent> subscriber);

    /** Sends all subscribers their part. */
    void tell(Publication publication);

    /** Sends one subscriber an event that is for them alone. */
    void tell(ActorRef<RoomEvent> subscriber, RoomEvent event);

    /** Sends the answer to a command. */
    default void reply(RoomActor.Asking command, RoomReply reply) {
        command.replyTo().tell(reply);
    }

    /**
     * Sends the answer to a command once more, if it was a reply.
     *
     * @param otherwise what is sent if it was an event, which the sender has missed
     */
    default void replyAgain(RoomActor.Asking command, RoomReply otherwise) {
        reply(command, otherwise);
    }

    /** Sends a user their standing in the room. */
    void tell(ActorRef<MemberEvent> user, MemberEvent event);

    /**
     * Holds back the events for that subscriber until {@link #release}.
     *
     * @param number distinguishes this from earlier calls for the same subscriber; not 0
     * @param upTo the seq of the last event that the subscriber misses
     * @param tooMuch runs when too much waits, and must release the subscriber
     */
    void hold(ActorRef<RoomEvent> subscriber, long number, long upTo, Runnable tooMuch);

    boolean isHeld(ActorRef<RoomEvent> subscriber, long number);

    /** Sends a subscriber the events that they missed, then those that waited. */
    void release(ActorRef<RoomEvent> subscriber, EventBatch missed);

    /**
     * An actor delivers for the subscribers of its node from now on, in place of an earlier one.
     *
     * @return the subscribers whose subscriptions have ended with the earlier one
     */
    default List<ActorRef<RoomEvent>> attach(RoomActor.Attach relay) {
        return List.of();
    }

    /** What a room does with a command that a relay passes on. */
    enum Handling {
        /** It is a new one. */
        HANDLE,
        /** The room has handled it: it only answers it again. */
        ANSWER_AGAIN,
        /** It is of an earlier attempt of the relay, or one before it was lost: the relay sends it again. */
        IGNORE
    }

    default Handling handling(RoomActor.Passed command) {
        return Handling.HANDLE;
    }

    /** Answers a relay how much it has been sent. */
    default void tellNewest(RoomActor.TellNewest relay) {}

    /** Whether that actor delivers for subscribers. */
    default boolean isAttached(ActorRef<?> relay) {
        return false;
    }

    /** The actor that delivers for that subscriber: the subscriber itself, unless there is a relay. */
    default ActorRef<?> delivererFor(ActorRef<RoomEvent> subscriber) {
        return subscriber;
    }

    /**
     * An actor that delivered for subscribers has ended.
     *
     * @return the subscribers whose subscriptions have ended with it
     */
    default List<ActorRef<RoomEvent>> detach(ActorRef<Void> relay) {
        return List.of();
    }

    /** How long the list of names waits for former members, who rejoin when the room starts again. */
    default Duration rejoinWithin() {
        return Duration.ZERO;
    }

    /** How long members are still in the room whose relay has ended: they may come back by another one. */
    default Duration returnWithin() {
        return Duration.ZERO;
    }
}
