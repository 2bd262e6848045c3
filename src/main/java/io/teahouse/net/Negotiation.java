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
     * The connection is served by another stream, which gets all received bytes.
     *
     * @param to must end connections that are idle
     */
    record Relay(Flow<ByteString, ByteString, NotUsed> to) implements Verdict {}

    /** The connection gets these bytes and is closed. */
    record Refuse(ByteString lastWords) implements Verdict {}

    /**
     * Decides, or asks for more.
     *
     * @param received all bytes so far; bounding them is up to this method
     * @param peer the other end of the socket
     */
    Verdict read(ByteString received, Peer peer);

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
