package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import java.util.Optional;

/** The directory as it is for the owners of users, who alone change what it says of them. */
public interface OnlineUsers extends UserDirectory {
    /** A connection is there that has not said yet who it is. */
    void connected();

    /** A connection has ended without saying who it is. */
    void disconnected();

    /**
     * A user is online: who watches the nick is notified.
     *
     * @param first with the nick, which must be the user's by {@link NickRegistry}
     * @param owner receives what others tell the user
     * @param subscriber receives the events of conversations that others begin with the user
     */
    OnlineUser enter(UserSnapshot first, ActorRef<UserMessage> owner, ActorRef<RoomEvent> subscriber);

    /** The same, for a user who was expected back: nobody is notified, unless the former one has left in the meantime. */
    OnlineUser enterInPlaceOf(
            OnlineUser former, UserSnapshot first, ActorRef<UserMessage> owner, ActorRef<RoomEvent> subscriber);

    /** The user of a snapshot, if they are still online. */
    Optional<OnlineUser> online(UserSnapshot user);

    /** True, and the user counts, if one more may lose all connections and be expected back. */
    boolean mayBeAbsent(int most);
}
