package io.teahouse.user;

import akka.actor.typed.ActorRef;

/** Port: how the events of one user reach their connections. Called in the user's actor. */
public interface UserDelivery {
    /** In one process: directly. */
    UserDelivery DIRECT = ActorRef::tell;

    void tell(ActorRef<UserEvent> connection, UserEvent event);

    /** The user is in the directory. */
    default void entered(OnlineUser user) {}

    /** Whether the user stays in the directory when the actor ends without a word: another one goes on. */
    default boolean outlivesActor() {
        return false;
    }

    /** The user has left. */
    default void left() {}
}
