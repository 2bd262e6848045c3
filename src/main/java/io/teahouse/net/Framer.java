package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import java.util.function.Consumer;

/**
 * Cuts the input of one connection into lines for its client. Its memory is bounded by the longest line, however the
 * input is cut into elements. Not thread-safe.
 */
interface Framer {
    /**
     * Passes the lines that the bytes complete to {@code client}.
     *
     * @param bytes not empty
     */
    void feed(ByteString bytes, Consumer<ClientActor.Command> client);

    /** The input has ended. */
    void end(Consumer<ClientActor.Command> client);

    /**
     * The last bytes of the connection, which follow all output, such as a Close frame. Empty after the first call, and
     * for framings that have none.
     */
    default ByteString farewell(Outbox.End how) {
        return ByteString.emptyByteString();
    }

    /** The number of bytes of an incomplete line that it keeps. */
    int begun();
}
