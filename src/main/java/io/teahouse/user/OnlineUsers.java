package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.UserId;
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

    /** The user with that id, if they are still there. */
    Optional<OnlineUser> online(UserId user);

    /** All users who are online, as {@link #all} shows them. */
    Iterable<OnlineUser> online();

    /** True, and the user counts until {@link #absenceEnded}, if one more may be without a connection in that way. */
    boolean mayBeAbsent(Absence how, int most);

    /** How many users are without a connection in that way. */
    int absent(Absence how);

    /** A user who was without a connection has one again, or has left. */
    void absenceEnded(Absence how);
}
