package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * Cuts the input of one connection into lines for its client. What it keeps is bounded by the longest line, however the input
 * is cut into elements. Not thread-safe.
 */
interface Framer {
    /**
     * Tells {@code client} what the bytes complete.
     *
     * @param bytes not empty
     */
    void feed(ByteString bytes, Consumer<ClientActor.Command> client);

    /** The input has ended. */
    void end(Consumer<ClientActor.Command> client);

    /** How many bytes of an incomplete line it keeps. */
    int begun();
}
