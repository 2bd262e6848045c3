package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;

/**
 * A user who is online, in the hands of their owner, which alone may call what changes something, from one thread at a
 * time. Everything else may be called by any thread.
 */
public interface OnlineUser {
    UserSnapshot snapshot();

    /**
     * Replaces the snapshot. Who watches the user is notified of a new nick, profile or metadata.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}; 0: nobody will be told of it
     */
    void publish(UserSnapshot next, long cause);

    /** Notifies the user when others with that nick come online, change or leave. */
    void watch(String key);

    void unwatch(String key);

    /** The user is online no more: who watches the nick is notified. */
    void leave();

    /** The same, but nobody is notified: another is about to take the place. */
    void leaveSilently();

    ActorRef<UserMessage> owner();

    ActorRef<RoomEvent> subscriber();
}
