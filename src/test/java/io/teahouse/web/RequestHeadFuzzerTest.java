package io.teahouse.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.Peer;
import io.teahouse.net.ForwardedPeer;
import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The head of a request, and all that is decided by it. */
class RequestHeadFuzzerTest {
    private static final Peer PROXY =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, "web");
    private static final List<Network> TRUSTED = List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"));

    static Stream<byte[]> seeds() {
        String upgrade = String.join(
                "\r\n",
                "GET /irc?a HTTP/1.1",
                "Host: [::1]:8080",
                "Upgrade: WebSocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "");
        return Stream.of(
                        "\3GET / HTTP/1.1\r\nHost: chat.example.org.\r\n\r\n",
                        "\0" + upgrade + "Origin: https://chat.example.org\r\n\r\n",
                        "\7" + upgrade + "Sec-WebSocket-Protocol: text.ircv3.net, binary.ircv3.net\r\n\r\nframes",
                        "\7" + upgrade + "Content-Length: 0\r\nX-Forwarded-For: 192.0.2.1, 127.0.0.1\r\n"
                                + "X-Forwarded-Proto: https\r\n\r\n",
                        "\7" + upgrade + "Forwarded: for=\"[2001:db8::1]:47\";proto=https, for=127.0.0.1\r\n\r\n",
                        "\7NICK ann\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** @param sent the size of a read less one, then what is read */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void readsOfAnySizeGiveTheSameHead(byte[] sent) {
        if (sent.length < 2) {
            return;
        }
        ByteString input = ByteString.fromArray(sent).drop(1);
        RequestHead.Reading whole = read(input, input.size());
        RequestHead.Reading pieces = read(input, 1 + (sent[0] & 0xFF));
        assertThat(pieces).hasSameClassAs(whole);
        if (whole instanceof RequestHead.Complete complete) {
            assertThat(((RequestHead.Complete) pieces).head()).isEqualTo(complete.head());
            assertThat(((RequestHead.Complete) pieces).size()).isEqualTo(complete.size());
            decide(complete.head());
        } else if (whole instanceof RequestHead.Incomplete) {
            assertThat(input.size()).as("bytes that are kept").isLessThan(RequestHead.LONGEST);
        }
    }

    private static RequestHead.Reading read(ByteString input, int piece) {
        RequestHead.Reader reader = new RequestHead.Reader();
        RequestHead.Reading reading = new RequestHead.Incomplete();
        for (ByteString rest = input;
                rest.nonEmpty() && reading instanceof RequestHead.Incomplete;
                rest = rest.drop(piece)) {
            reading = reader.read(rest.take(piece));
        }
        return reading;
    }

    private static void decide(RequestHead head) {
        Handshake.isWanted(head);
        Handshake.Outcome outcome = Handshake.answer(head, new Origins(Set.of("https://chat.example.org")));
        if (outcome instanceof Handshake.Accepted accepted) {
            String reply = accepted.reply().decodeString(ISO_8859_1);
            assertThat(reply.indexOf("\r\n\r\n")).as("one head").isEqualTo(reply.length() - 4);
        }
        head.only("host").ifPresent(host -> new Hosts(Set.of("chat.example.org"), true).allow(host, false));
        for (boolean standard : new boolean[] {true, false}) {
            Peer found = new ForwardedPeer(TRUSTED, standard).find(head::values, PROXY);
            assertThat(found.address().isUnresolved()).isFalse();
        }
    }
}
