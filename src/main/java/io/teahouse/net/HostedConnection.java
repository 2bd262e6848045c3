package io.teahouse.net;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.RunnableGraph;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One connection that a {@link ConnectionHost} has admitted or refused: the stream to run between its transport and its
 * client, and further reports and queries of the transport. Thread-safe. Useless after the transport has ended.
 *
 * <p>The stream runs once. It completes when the client has left or was disconnected and everything was written. It
 * fails when the peer does not close or read in time. A transport that ends or fails disconnects the client.
 */
public final class HostedConnection {
    private final ConnectionParts parts;
    private final String dispatcher;

    /** How it begins; empty: with its client. */
    private final Optional<NegotiationStage.Beginning> beginning;

    /** @param dispatcher the one that the client runs on */
    HostedConnection(
            ActorRef<ClientActor.Command> client,
            Outbox outbox,
            ReadWindow readWindow,
            ConnectionSettings settings,
            String dispatcher) {
        Framing framing = settings.framing();
        this.parts = new ConnectionParts(
                client,
                outbox,
                readWindow,
                framing.framer(settings.maxLineBytes()),
                framing == Framing.FRAMES ? Optional.of(new OutputLines()) : Optional.empty(),
                null);
        this.dispatcher = dispatcher;
        this.beginning = Optional.empty();
    }

    /** A connection that has no client before it is negotiated. */
    HostedConnection(NegotiationStage.Beginning beginning, String dispatcher) {
        this.parts = beginning.parts();
        this.dispatcher = dispatcher;
        this.beginning = Optional.of(beginning);
    }

    /** A connection without a client, which writes the reason and completes. */
    static HostedConnection farewell(
            ByteString lastWords,
            ConnectionSettings settings,
            String dispatcher,
            ActorRef<ClientActor.Command> nobody) {
        Outbox outbox = new Outbox(settings.sendQueueBytes());
        outbox.cutOff(lastWords);
        return new HostedConnection(nobody, outbox, new ReadWindow(settings.readAheadBytes()), settings, dispatcher);
    }

    /**
     * The stream from the peer's input to the server's output. With {@link Framing#FRAMES} an element is a line,
     * otherwise all waiting bytes. For a library that runs the stream itself, such as a handler of an HTTP upgrade.
     */
    public Flow<ByteString, ByteString, NotUsed> flow() {
        return flow(NegotiationStage.Refusals.NONE);
    }

    /** @param refusals is told if the negotiation ends in a refusal */
    Flow<ByteString, ByteString, NotUsed> flow(NegotiationStage.Refusals refusals) {
        return flow(parts, refusals);
    }

    private Flow<ByteString, ByteString, NotUsed> flow(ConnectionParts with, NegotiationStage.Refusals refusals) {
        return beginning.isPresent()
                ? NegotiationStage.flow(beginning.get().with(with, refusals))
                : ConnectionStage.flow(with);
    }

    /** The stream with its transport, on the thread of its client, which saves a hop between threads per write. */
    public RunnableGraph<NotUsed> over(Flow<ByteString, ByteString, NotUsed> transport) {
        return transport.join(flow()).addAttributes(ActorAttributes.dispatcher(dispatcher));
    }

    /**
     * Runs the stream with its transport.
     *
     * @param socket of a TCP connection without TLS: written directly as long as it takes all bytes
     * @param refusals is told if the negotiation ends in a refusal
     */
    void run(
            Flow<ByteString, ByteString, NotUsed> transport,
            Optional<SocketChannel> socket,
            Streams streams,
            NegotiationStage.Refusals refusals) {
        streams.run(transport.join(flow(socket.map(parts::with).orElse(parts), refusals)), dispatcher);
    }

    /**
     * Reports the number of bytes that the transport has received and not passed on yet, such as an incomplete TLS
     * record or frame. They count towards the memory budget of all connections.
     */
    public void holds(int bytes) {
        parts.readWindow().undelivered(bytes);
    }

    /** Reports that the peer is still there although it sent no line: it answered a ping of the transport itself. */
    public void alive() {
        parts.client().tell(new ClientActor.Alive());
    }

    /**
     * How the connection ends, for transports whose last frame says so; {@link Outbox.End#OPEN} as long as it does not.
     */
    public Outbox.End end() {
        return parts.outbox().end();
    }
}
