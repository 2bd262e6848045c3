package io.teahouse.net;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.teahouse.client.LineForm;
import io.teahouse.client.Peer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides by the first bytes of a connection what it becomes, for doors whose connections do not begin with lines. One
 * object serves all connections of a door. Thread-safe; must not block.
 */
public interface Negotiation {
    /** The decision. */
    sealed interface Verdict {}

    /** Nothing can be decided before more bytes arrive. */
    record More() implements Verdict {}

    /**
     * The connection becomes a client.
     *
     * @param peer the other end, perhaps with another address than that of its socket
     * @param reply the bytes to send first, if the client is admitted
     * @param rest the received bytes that belong to the client's input
     */
    record Client(Peer peer, LineForm form, ByteString reply, ByteString rest) implements Verdict {}

    /**
     * The connection is served by another stream.
     *
     * @param to must end connections that are idle
     * @param received all bytes so far, which the stream gets first
     * @param dispatcher the name of the one that the stream runs on, apart from the chat
     */
    record Relay(Flow<ByteString, ByteString, NotUsed> to, ByteString received, String dispatcher) implements Verdict {}

    /**
     * The connection gets last words and is closed.
     *
     * @param peer the other end, for the log
     * @param why one line for the log
     */
    record Refuse(Peer peer, String why, ByteString lastWords) implements Verdict {}

    /** Reads what one connection wants. For one thread. */
    interface Reader {
        /**
         * Decides, or asks for more. Total: any bytes have a verdict.
         *
         * @param more what has arrived since the last call; how much is kept of it is bounded here
         */
        Verdict read(ByteString more);
    }

    /**
     * Begins to read a connection.
     *
     * @param peer the other end of the socket
     */
    Reader begin(Peer peer);

    /**
     * The last words for a connection that does not get a client; empty: those of the dialect.
     *
     * @param why one line for a user
     */
    Optional<ByteString> refusal(String why);

    /** The last words for a connection that did not say in time what it wants. */
    ByteString late();

    /** How long a connection may take. */
    Duration timeout();

    /** Whether connections from this address begin with a negotiation. */
    default boolean isNeeded(InetAddress address) {
        return true;
    }

    /**
     * Whether connections from this address come from a proxy: they do not count towards the limits until the address
     * of the client itself is known.
     */
    boolean isProxy(InetAddress address);

    /** The interval of pings to clients whose transport has them. */
    Duration pingInterval();
}
