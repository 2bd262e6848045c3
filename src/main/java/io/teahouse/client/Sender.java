package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomReply;
import io.teahouse.user.PendingReplies;

/**
 * The common part of all commands of one client to rooms.
 *
 * @param ref the subscriber of the client
 * @param number of the command
 */
record Sender(ActorRef<RoomEvent> ref, long number, ActorRef<RoomReply> replyTo) {
    /** A sender with the next number. */
    static Sender next(CurrentUser me, PendingReplies replies) {
        return new Sender(
                me.ref(), replies.nextNumber(), me.ref().unsafeUpcast().narrow());
    }
}
