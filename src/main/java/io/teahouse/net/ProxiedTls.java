package io.teahouse.net;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.teahouse.client.LineForm;
import io.teahouse.client.Peer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The PROXY header of a trusted proxy that passes TLS on as it is: it comes before the handshake. The connection behind it
 * is served by another stream.
 *
 * @param header how it is read
 * @param isOptional whether the proxy may also speak TLS itself, and then tells who its client is by HTTP
 * @param streams makes the stream for a client, with TLS
 * @param dispatcher the name of the one that these streams run on
 */
record ProxiedTls(
        ProxyHeader header,
        boolean isOptional,
        Function<Peer, Flow<ByteString, ByteString, NotUsed>> streams,
        String dispatcher)
        implements Negotiation {
    /** The first byte of a handshake (RFC 8446 §5.1). */
    private static final byte HANDSHAKE = 0x16;

    @Override
    public Reader begin(Peer peer) {
        Reader reader = header.begin(peer);
        return new Reader() {
            private boolean hasBegun;

            @Override
            public Verdict read(ByteString more) {
                boolean isHandshake = isOptional && !hasBegun && more.head() == HANDSHAKE;
                hasBegun = true;
                return isHandshake ? relay(peer, more) : relayed(reader.read(more));
            }
        };
    }

    private Verdict relayed(Verdict verdict) {
        return verdict instanceof Client client ? relay(client.peer(), client.rest()) : verdict;
    }

    private Relay relay(Peer peer, ByteString received) {
        return new Relay(streams.apply(peer), received, dispatcher);
    }

    @Override
    public Optional<ByteString> refusal(String why) {
        return Optional.of(ByteString.emptyByteString());
    }

    @Override
    public ByteString late() {
        return header.late();
    }

    @Override
    public Duration timeout() {
        return header.timeout();
    }

    @Override
    public boolean isProxy(InetAddress address) {
        return header.isProxy(address);
    }

    @Override
    public Duration pingInterval() {
        return header.pingInterval();
    }

    /** Such a connection has no place of its own; the one behind it has. */
    static final class NoPlace implements NegotiationStage.Place {
        @Override
        public void begin(Runnable drained) {}

        @Override
        public CompletionStage<NegotiationStage.Answer> enter(Peer peer, LineForm form, ByteString reply) {
            return CompletableFuture.failedFuture(new IllegalStateException("it is relayed"));
        }

        @Override
        public void leave() {}

        @Override
        public Framer framer(LineForm form) {
            return NegotiationStage.NO_LINES;
        }
    }
}
