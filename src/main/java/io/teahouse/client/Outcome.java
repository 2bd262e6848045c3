package io.teahouse.client;

import io.teahouse.room.RoomReply;

/**
 * What a dialect does when a room answers one command in another way than by the event that the command is for. It comes
 * with the command, so it knows what was asked for. Called from the client's actor.
 */
public interface Outcome {
    /** For commands of which nobody is told what became of them. */
    Outcome IGNORED = new Outcome() {
        @Override
        public void refused(RoomReply.Refused refused) {}

        @Override
        public void inDoubt(RoomReply.InDoubt doubt) {}
    };

    void refused(RoomReply.Refused refused);

    void inDoubt(RoomReply.InDoubt doubt);

    /** The client had said it before, under the same id. */
    default void repeated(RoomReply.Repeated repeated) {}

    /** What the client said in a room that it is not in has been shown there. */
    default void shown(RoomReply.Shown shown) {}
}
