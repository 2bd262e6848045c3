package io.teahouse.client;

import io.teahouse.room.RoomReply;

/**
 * Handles the results of one command. The dialect shows the event that the command is for by itself. Created together with the
 * command, so it knows the command. Called from the client's actor.
 */
public interface Outcome {
    /** Ignores all replies. */
    Outcome IGNORED = new Outcome() {
        @Override
        public void refused(RoomReply.Refused refused) {}

        @Override
        public void inDoubt(RoomReply.InDoubt doubt) {}
    };

    /** The client has seen the event that the command is for. */
    default void done() {}

    void refused(RoomReply.Refused refused);

    void inDoubt(RoomReply.InDoubt doubt);

    /** The message is a retry under the same client id. */
    default void repeated(RoomReply.Repeated repeated) {}

    /** A message to a room that the client is not in has been published there. */
    default void shown(RoomReply.Shown shown) {}
}
