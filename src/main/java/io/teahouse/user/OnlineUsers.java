package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import java.util.List;
import java.util.Optional;

/** The directory as it is for the actors of users, who alone change what it says of them, and for new connections. */
public interface OnlineUsers extends UserDirectory {
    /** Why a user is here without a connection. */
    enum Absence {
        /** They have lost the last one, and are expected back soon. */
        LOST,
        /** They are always-on. */
        ALWAYS_ON
    }

    /** A connection is there that has not said yet who it is. */
    void connected();

    /** One of these has said who it is, or has ended. */
    void identified();

    /**
     * A user is online: who watches the nick is notified. If the user is known already, only the owner changes.
     *
     * @param first with the nick, which must be the user's by {@link NickRegistry}
     * @param owner the user's actor
     */
    OnlineUser enter(UserSnapshot first, ActorRef<UserActor.Command> owner);

    /**
     * The same for a user who has connections: lookups and notifications reach these.
     *
     * @param subscribers see {@link OnlineUser#subscribers()}
     */
    OnlineUser enter(UserSnapshot first, ActorRef<UserActor.Command> owner, List<ActorRef<RoomEvent>> subscribers);

    /** The user with that id, if they are still there. */
    Optional<OnlineUser> online(UserId user);

    /** All users who are online, as {@link #all} shows them. */
    Iterable<OnlineUser> online();

    /** True, and the user counts until {@link #absenceEnded}, if one more may be without a connection in that way, on all nodes. */
    boolean mayBeAbsent(Absence how, int most);

    /** The same for a user who has been so already and goes on here: what other nodes count does not matter, as it may be the same user. */
    boolean mayStayAbsent(Absence how, int most);

    /** How many users are without a connection in that way, on all nodes. */
    int absent(Absence how);

    /** How many of them this node counts. */
    int absentHere(Absence how);

    /** How many of them all other nodes count. */
    void absentElsewhere(Absence how, int users);

    /** A user who was without a connection has one again, or has left. */
    void absenceEnded(Absence how);
}
