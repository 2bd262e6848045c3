package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.teahouse.client.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxiedTlsTest {
    private static final Peer PROXY =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), true, "test");

    private final List<String> clients = new ArrayList<>();
    private final Negotiation negotiation = new ProxiedTls(
            new ProxyHeader(List.of()),
            true,
            peer -> {
                clients.add(peer.address().getAddress().getHostAddress());
                return Flow.create();
            },
            "dispatcher");

    private static ByteString bytes(String hex) {
        return ByteString.fromArray(HexFormat.of().parseHex(hex));
    }

    @Test
    void aHeaderInPiecesIsNoHandshake() {
        Negotiation.Reader reader = negotiation.begin(PROXY);
        assertThat(reader.read(bytes("0d0a0d0a000d0a515549540a" + "2111000c"))).isInstanceOf(Negotiation.More.class);
        // the address begins like a handshake of TLS
        assertThat(reader.read(bytes("16000205" + "c0000202" + "1267" + "1a0b")))
                .isInstanceOf(Negotiation.Relay.class);
        assertThat(clients).containsExactly("22.0.2.5");
    }

    @Test
    void aHandshakeNeedsNoHeader() {
        ByteString hello = bytes("160301");
        Negotiation.Verdict verdict = negotiation.begin(PROXY).read(hello);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Negotiation.Relay.class,
                        relay -> assertThat(relay.received()).isEqualTo(hello));
        assertThat(clients).containsExactly("127.0.0.1");
    }
}
