package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import java.util.List;

/**
 * A user who is online or away. Their {@link UserActor} alone calls what changes something; everything else may be called
 * by any thread.
 */
public interface OnlineUser {
    UserSnapshot snapshot();

    /** The actor that owns the user. */
    ActorRef<UserActor.Command> actor();

    /** Sends a command to the user's actor, wherever it is. */
    void tell(UserActor.Command command);

    /** The user as rooms get to know them, without the address. */
    RoomActor.Identity identity();

    /**
     * Runs a task unless the user has left, or has another nick or id than {@code as}. The user neither leaves nor takes
     * another nick or id while it runs, so that what it tells a conversation comes before what follows from such a change. It
     * runs in the caller's thread and must not block: the user's actor waits for it.
     *
     * @param as whom the conversation is with
     * @return whether the task was run
     */
    boolean whileKnownAs(UserSnapshot as, Runnable task);

    /** The user's connections, for the events of a conversation that somebody begins with them. */
    List<ActorRef<RoomEvent>> subscribers();

    /**
     * Replaces the snapshot. Who watches the user is notified of a new nick, profile or metadata.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}; 0: nobody will be told of it
     */
    void publish(UserSnapshot next, long cause);

    void subscribers(List<ActorRef<RoomEvent>> to);

    /** Another actor owns the user from now on. */
    void actor(ActorRef<UserActor.Command> to);

    /** The actor is on another node, and may move: commands to it go this way until another one is named. */
    void route(RecipientRef<? super UserActor.Command> to);

    /** The user is gone: who watches the nick is notified. */
    void leave();
}
