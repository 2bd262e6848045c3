package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import java.util.List;

/** A user who was absent is back, by another connection, which asks for the places. Answered by {@link Places}. */
record Takeover(ActorRef<Places> replyTo) {
    /**
     * Where the user was.
     *
     * @param of who gives them up
     */
    record Places(ActorRef<RoomEvent> of, List<Membership.Held> rooms) {}
}
