package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.LineForm;
import io.teahouse.client.Peer;
import io.teahouse.room.support.Address;
import io.teahouse.room.support.Digits;
import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The header with which a proxy tells who its client is, before the first line (HAProxy, "The PROXY protocol", versions
 * 1 and 2). Only trusted proxies are asked for it; a connection from one must begin with it.
 *
 * @param proxies their addresses
 */
public record ProxyHeader(List<Network> proxies) implements Negotiation {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ByteString SIGNATURE =
            ByteString.fromInts(0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A);
    private static final String TEXT_SIGNATURE = "PROXY ";

    /** The longest header of version 1, with its CRLF. */
    private static final int LONGEST_TEXT = 107;

    private static final int BINARY_HEAD = 16;

    /** Addresses of IPv6, and a generous number of additions. */
    private static final int LONGEST_BINARY = 2048;

    private static final int LOCAL = 0x20;
    private static final int PROXIED = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int TLS_ADDITION = 0x20;
    private static final int OVER_TLS = 1;

    @Override
    public Reader begin(Peer peer) {
        return new Reader() {
            private ByteString received = ByteString.emptyByteString();

            @Override
            public Verdict read(ByteString more) {
                received = received.concat(more).compact();
                return verdict(received, peer);
            }
        };
    }

    private static Verdict verdict(ByteString received, Peer peer) {
        if (begins(received, SIGNATURE)) {
            return binary(received, peer);
        } else if (begins(received, ByteString.fromString(TEXT_SIGNATURE))) {
            return text(received, peer);
        }
        return malformed(peer);
    }

    /** Whether as much as has been received could be the beginning of it. */
    private static boolean begins(ByteString received, ByteString signature) {
        return received.take(signature.size()).equals(signature.take(received.size()));
    }

    private static Verdict malformed(Peer peer) {
        String why = "a trusted proxy must send a PROXY header";
        return new Refuse(peer, why, ByteString.fromString("ERROR :" + why + "\r\n"));
    }

    private static Verdict client(Peer peer, ByteString rest) {
        return new Client(peer, LineForm.CRLF, ByteString.emptyByteString(), rest);
    }

    // Version 1

    private static Verdict text(ByteString received, Peer peer) {
        int lf = received.take(LONGEST_TEXT).indexOf((byte) '\n');
        if (lf < 0) {
            return received.size() < LONGEST_TEXT ? new More() : malformed(peer);
        }
        String line = new String(received.take(lf + 1).toArray(), StandardCharsets.US_ASCII);
        String[] parts = line.strip().split(" ", -1);
        ByteString rest = received.drop(lf + 1);
        if (line.endsWith("\r\n") && parts.length >= 2 && parts[1].equals("UNKNOWN")) {
            return client(peer, rest);
        }
        Optional<Peer> client = line.endsWith("\r\n") && parts.length == 6 ? client(parts, peer) : Optional.empty();
        return client.map(found -> client(found, rest)).orElseGet(() -> malformed(peer));
    }

    private static Optional<Peer> client(String[] parts, Peer peer) {
        boolean six = parts[1].equals("TCP6");
        Optional<InetAddress> from = Address.parse(parts[2]).filter(address -> six == parts[2].indexOf(':') >= 0);
        int port = Digits.parse(parts[4]).orElse(-1);
        return (six || parts[1].equals("TCP4")) && from.isPresent() && port >= 0 && port <= 0xFFFF
                ? Optional.of(new Peer(new InetSocketAddress(from.get(), port), peer.secure(), peer.door()))
                : Optional.empty();
    }

    // Version 2

    private static Verdict binary(ByteString received, Peer peer) {
        if (received.size() < BINARY_HEAD) {
            return new More();
        }
        int command = received.apply(12) & 0xFF;
        int size = BINARY_HEAD + number(received, 14);
        if ((command != LOCAL && command != PROXIED) || size > LONGEST_BINARY) {
            return malformed(peer);
        } else if (received.size() < size) {
            return new More();
        }
        ByteString header = received.take(size);
        ByteString rest = received.drop(size);
        int family = received.apply(13) & 0xFF;
        if (command == LOCAL || (family != TCP4 && family != TCP6)) {
            return client(peer, rest); // the proxy itself, or an address that is not one of the internet
        }
        int width = family == TCP4 ? 4 : 16;
        int additions = BINARY_HEAD + 2 * width + 2 * Short.BYTES;
        if (size < additions) {
            return malformed(peer);
        }
        try {
            InetAddress from = InetAddress.getByAddress(
                    header.slice(BINARY_HEAD, BINARY_HEAD + width).toArray());
            InetSocketAddress address = new InetSocketAddress(from, number(header, BINARY_HEAD + 2 * width));
            boolean secure = peer.secure() || isOverTls(header, additions);
            return client(new Peer(address, secure, peer.door()), rest);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for another width
        }
    }

    /** Whether an addition says that the client has spoken TLS with the proxy (PP2_TYPE_SSL). */
    private static boolean isOverTls(ByteString header, int from) {
        int at = from;
        while (at + 3 < header.size()) {
            int size = number(header, at + 1);
            if ((header.apply(at) & 0xFF) == TLS_ADDITION && size > 0) {
                return (header.apply(at + 3) & OVER_TLS) != 0;
            }
            at += 3 + size;
        }
        return false;
    }

    private static int number(ByteString bytes, int at) {
        return (bytes.apply(at) & 0xFF) << Byte.SIZE | (bytes.apply(at + 1) & 0xFF);
    }

    // What it means for its door

    @Override
    public boolean isNeeded(InetAddress address) {
        return isProxy(address);
    }

    @Override
    public boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public Optional<ByteString> refusal(String why) {
        return Optional.empty();
    }

    @Override
    public ByteString late() {
        return ByteString.emptyByteString();
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public Duration pingInterval() {
        return Duration.ofDays(1); // its clients have none
    }
}
