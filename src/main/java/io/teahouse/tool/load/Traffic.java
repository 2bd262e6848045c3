package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/** Handles the messages of a phase of a run. Called on the run's thread, for every message: it must not allocate. */
interface Traffic {
    /** Ignores all messages. */
    Traffic NONE = (to, in, at, now) -> {};

    /** A message of this run has reached {@code to}; its {@link MessageHeader} is at {@code at}, read at {@code now}. */
    void arrived(Client to, ByteBuffer in, int at, long now);

    /** {@code client} is about to send what it has; a closed loop adds what its window has room for. */
    default void refill(Client client) {}

    /** Whether {@link #lineArrived} is wanted of this client. */
    default boolean watchesLines(Client client) {
        return false;
    }

    /** A line that is no message of this run has reached {@code to}, read at {@code now}. */
    default void lineArrived(Client to, String line, long now) {}
}
