package io.teahouse.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The header of the PROXY protocol, from a proxy that is out of order. */
class ProxyHeaderFuzzerTest {
    private static final int LONGEST = 2048;
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final Peer PROXY =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, "irc");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\3PROXY TCP4 192.0.2.1 192.0.2.2 4711 6667\r\nNICK ann\r\n",
                        "\7PROXY TCP6 2001:db8::1 ::1 4711 6667\r\nNICK ann\r\n",
                        "\1PROXY UNKNOWN\r\nNICK ann\r\n",
                        "\4" + SIGNATURE + "!\u0011\0\u000c\u00c0\0\2\1\u00c0\0\2\2\1\2\3\4NICK ann\r\n",
                        "\4" + SIGNATURE + " \0\0\0NICK ann\r\n",
                        "\4" + SIGNATURE + "!\u0011\0\u0014\u00c0\0\2\1\u00c0\0\2\2\1\2\3\4"
                                + " \0\5\1\0\0\0\0NICK ann\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** @param sent the size of a read less one, then what is read */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void readsOfAnySizeGiveTheSamePeer(byte[] sent) {
        if (sent.length < 2) {
            return;
        }
        ByteString input = ByteString.fromArray(sent).drop(1);
        int piece = 1 + (sent[0] & 0xFF);
        Negotiation.Verdict whole = verdict(input, input.size());
        Negotiation.Verdict pieces = verdict(input, piece);
        assertThat(pieces).hasSameClassAs(whole);
        if (whole instanceof Negotiation.Client client) {
            assertThat(((Negotiation.Client) pieces).peer()).isEqualTo(client.peer());
        } else if (whole instanceof Negotiation.More) {
            assertThat(input.size()).as("bytes that are kept").isLessThan(LONGEST);
        }
    }

    private static Negotiation.Verdict verdict(ByteString input, int piece) {
        Negotiation.Reader reader = new ProxyHeader(List.of()).begin(PROXY);
        Negotiation.Verdict verdict = new Negotiation.More();
        for (ByteString rest = input; rest.nonEmpty() && verdict instanceof Negotiation.More; rest = rest.drop(piece)) {
            verdict = reader.read(rest.take(piece));
        }
        return verdict;
    }
}
