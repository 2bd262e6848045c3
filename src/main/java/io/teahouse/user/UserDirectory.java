package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Port: who is online, who was, and how to reach them. {@link LocalUserDirectory} is the one for a single node. Which user
 * has which nick is decided by {@link NickRegistry}; this is what is known of those who have one.
 *
 * <p>A user's own change is in here before anybody is told of it, so whoever acts on what they were told finds it. Any
 * thread may call it at any time; nothing waits.
 */
public interface UserDirectory {
    /** The user who has that nick now, in any spelling. */
    Optional<UserSnapshot> find(String typed);

    /** The user with that id. */
    Optional<UserSnapshot> find(UserId user);

    /** What all spellings of a nick have in common; empty: it is not a valid nick. */
    Optional<String> key(String typed);

    /** All users who are online. Nothing is copied: the iterator shows each as they are when it comes to them. */
    Iterable<UserSnapshot> all();

    /** How many users are online. */
    int count();

    /** How many of them have that mode. */
    int count(UserMode mode);

    /** The most that were ever online at a time. */
    int most();

    /** How many connections have not said yet who they are. */
    int unregistered();

    /** Who had that nick before, the latest first. */
    List<FormerUser> former(String typed);

    void notify(UserId user, Notification what);

    void notifyAll(Notification what);

    /** Notifies all users who have that mode. */
    void notify(UserMode mode, Notification what);

    /** Ends all connections of a user, who leaves even if they could stay without one. */
    void disconnect(UserId user, String reason);

    /**
     * The account of a user has another name: ends all their connections. If the user is always-on, they are back in their rooms
     * under the new name, also in those that were not stored yet.
     *
     * @return whether the user is online; otherwise nothing happens
     */
    boolean accountRenamed(UserId user, Nick to, String reason);

    /** Ends one connection of a user. */
    void disconnect(UserId user, long connection, String reason);

    /**
     * Takes the rights of an operator of the server from a user, who is told so; does nothing if they have none.
     *
     * @param why in a few words, for the user
     */
    void demote(UserId user, String why);

    /**
     * Notifies a connection when users with that nick come online, change or leave.
     *
     * @param key see {@link #key}
     */
    void watch(String key, ActorRef<? super Notification> watcher);

    void unwatch(String key, ActorRef<? super Notification> watcher);
}
