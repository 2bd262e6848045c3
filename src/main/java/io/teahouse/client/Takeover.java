package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import java.util.List;

/** A user has reconnected: the new connection asks the lost one for its rooms. Answered by {@link Places}. */
record Takeover(ActorRef<Places> replyTo) {
    /**
     * Where the user was.
     *
     * @param of who gives them up
     */
    record Places(ActorRef<RoomEvent> of, List<Membership.Held> rooms) {}
}
