package io.teahouse.net;

import akka.actor.typed.ActorRef;
import akka.stream.Attributes;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one connection's stage.
 *
 * @param lines cuts the output into one element per line; empty: an element is all waiting bytes
 * @param socket written directly while it takes everything; null: all is written through the stream
 */
record ConnectionParts(
        ActorRef<ClientActor.Command> client,
        Outbox outbox,
        ReadWindow readWindow,
        Framer framer,
        Optional<OutputLines> lines,
        @Nullable SocketChannel socket)
        implements Attributes.Attribute {
    ConnectionParts with(SocketChannel direct) {
        return new ConnectionParts(client, outbox, readWindow, framer, lines, direct);
    }

    /** The same with the client that the negotiation of the connection has led to. */
    ConnectionParts with(ActorRef<ClientActor.Command> negotiated, Framer itsFramer) {
        return new ConnectionParts(negotiated, outbox, readWindow, itsFramer, lines, socket);
    }
}
