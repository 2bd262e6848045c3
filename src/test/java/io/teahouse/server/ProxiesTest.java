package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of clients behind proxies. 127.0.0.2 is a proxy that the server trusts. */
class ProxiesTest {
    private static final String PROXY = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "teahouse.irc.cloak = off",
                "teahouse.limits.max-connections-per-address = 3",
                "teahouse.proxies { trusted = [ \"127.0.0.2\", \"10.0.0.0/8\" ], proxy-protocol = on }");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The host that others see of a user of the web door. */
    private static String host(String from, String... fields) {
        try (WebPeer peer = WebPeer.connect(from, server.port("web"))) {
            peer.upgrade("/", fields);
            peer.head();
            peer.register("ann");
            peer.say("USERHOST ann");
            String reply = peer.until(" 302 ");
            peer.say("QUIT");
            peer.untilClosed();
            return reply.substring(reply.indexOf('@') + 1).strip();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.1",
                "192.0.2.1, 10.1.2.3 | 192.0.2.1",
                "203.0.113.9, 192.0.2.1 | 192.0.2.1",
                "203.0.113.9, nonsense, 10.1.2.3 | 10.1.2.3",
                "nonsense | 127.0.0.2",
                "192.0.2.1:4711 | 192.0.2.1",
                "10.1.2.3 | 10.1.2.3"
            })
    void theLastAddressThatIsNoProxysIsTheClients(String forwarded, String host) {
        assertThat(host(PROXY, "X-Forwarded-For: " + forwarded)).isEqualTo(host);
    }

    @Test
    void aStrangerIsNotBelieved() {
        assertThat(host(STRANGER, "X-Forwarded-For: 192.0.2.1")).isEqualTo(STRANGER);
        assertThat(host(PROXY, "Forwarded: for=192.0.2.1")).isEqualTo(PROXY); // not the header of this proxy
    }

    @Test
    void theStandardHeaderCountsWhereItIsSet() {
        try (TestServer other = TestServer.start(
                "teahouse.irc.cloak = off",
                "teahouse.proxies { trusted = [ \"127.0.0.2\" ], http-header = forwarded }"); ) {
            try (WebPeer peer = WebPeer.connect(PROXY, other.port("web"))) {
                peer.upgrade(
                        "/",
                        "X-Forwarded-For: 203.0.113.9",
                        "Forwarded: for=203.0.113.9, for=\"[2001:db8::7]:4711\";proto=https");
                peer.head();
                peer.register("ann");
                peer.say("WHOIS ann");
                assertThat(peer.until(" 311 ")).contains("2001:db8:0:0:0:0:0:7");
                assertThat(peer.until(" 671 ")).contains("secure");
            }
        }
    }

    @Test
    void clientsBehindAProxyCountByThemselves() {
        try (WebPeer one = forwarded("198.51.100.1");
                WebPeer two = forwarded("198.51.100.1");
                WebPeer three = forwarded("198.51.100.1")) {
            assertThat(one.head() + two.head() + three.head()).doesNotContain("503");
            try (WebPeer four = forwarded("198.51.100.1");
                    WebPeer other = forwarded("198.51.100.2")) {
                assertThat(four.head()).startsWith("HTTP/1.1 503 ");
                assertThat(other.head()).startsWith("HTTP/1.1 101 ");
            }
        }
    }

    private static WebPeer forwarded(String client) {
        WebPeer peer = WebPeer.connect(PROXY, server.port("web"));
        peer.upgrade("/", "X-Forwarded-For: " + client);
        return peer;
    }

    @Test
    void connectionsWithoutRequestCountToo() {
        String from = "127.0.0.9";
        try (WebPeer one = WebPeer.connect(from, server.port("web"));
                WebPeer two = WebPeer.connect(from, server.port("web"));
                WebPeer three = WebPeer.connect(from, server.port("web"));
                WebPeer four = WebPeer.connect(from, server.port("web"))) {
            assertThat(four.head()).startsWith("HTTP/1.1 503 ");
            one.upgrade("/");
            two.upgrade("/");
            three.upgrade("/");
            assertThat(one.head() + two.head() + three.head()).doesNotContain("503");
        }
    }

    // The PROXY header, at the doors of TCP

    private static byte[] bytes(String hex, String after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(HexFormat.of().parseHex(hex));
        all.writeBytes(after.getBytes(ISO_8859_1));
        return all.toByteArray();
    }

    private static String ircHost(String from, byte[] header) {
        try (Peer ann = Peer.connect("ann", from, server.port("irc"), 0)) {
            ann.send(header);
            ann.say("NICK ann\r\nUSER ann 0 * :x\r\nUSERHOST ann\r\nQUIT\r");
            String reply = ann.until(" 302 ");
            ann.until("ERROR");
            ann.expectClosed();
            return reply.substring(reply.indexOf('@') + 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROXY TCP4 192.0.2.1 192.0.2.2 4711 6667 | 192.0.2.1",
                "PROXY TCP6 2001:db8::7 2001:db8::8 4711 6667 | 2001:db8:0:0:0:0:0:7",
                "PROXY UNKNOWN | 127.0.0.2",
                "PROXY UNKNOWN ffff::1 ffff::2 65535 65535 | 127.0.0.2"
            })
    void aLineTellsTheAddress(String header, String host) {
        assertThat(ircHost(PROXY, (header + "\r\n").getBytes(ISO_8859_1))).isEqualTo(host);
    }

    @Test
    void aBinaryHeaderTellsTheAddress() {
        assertThat(ircHost(PROXY, bytes(SIGNATURE + "2111000c" + "c0000201" + "c0000202" + "1267" + "1a0b", "")))
                .isEqualTo("192.0.2.1");
        String six = "20010db8000000000000000000000007";
        assertThat(ircHost(PROXY, bytes(SIGNATURE + "21210024" + six + six + "1267" + "1a0b", "")))
                .isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(ircHost(PROXY, bytes(SIGNATURE + "20000000", ""))).isEqualTo(PROXY);
    }

    @Test
    void theHeaderTellsOfTls() {
        String tls = "200005" + "01" + "00000000";
        try (Peer bob = Peer.connect("bob", PROXY, server.port("irc"), 0)) {
            bob.send(bytes(SIGNATURE + "21110014" + "c0000203" + "c0000202" + "1267" + "1a0b" + tls, ""));
            bob.say("NICK bob\r\nUSER bob 0 * :x\r\nWHOIS bob\r");
            assertThat(bob.until(" 671 ")).contains("secure");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NICK ann\r\n",
                "PROXY TCP4 192.0.2.1\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::8 1 2\r\n",
                "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
                "PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
                "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
                "PROXY UNKNOWN\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aTrustedProxyMustSendAValidHeader(String beginning) {
        try (Peer bad = Peer.connect("bad", PROXY, server.port("irc"), 0)) {
            bad.send(beginning.getBytes(ISO_8859_1));
            assertThat(bad.until("ERROR")).contains("PROXY");
            bad.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2211000c", "3111000c", "2111000b", "2121000c", "2111ffff"})
    void soItMustInBinary(String rest) {
        try (Peer bad = Peer.connect("bad", PROXY, server.port("irc"), 0)) {
            bad.send(bytes(SIGNATURE + rest + "c0000201" + "c0000202" + "1267" + "1a0b", ""));
            assertThat(bad.until("ERROR")).contains("PROXY");
        }
    }

    @Test
    void aHeaderOfAStrangerIsACommandThatNobodyKnows() {
        try (Peer ann = Peer.connect("ann", STRANGER, server.port("irc"), 0)) {
            ann.say("PROXY TCP4 192.0.2.1 192.0.2.2 4711 6667\r\nNICK ann\r\nUSER ann 0 * :x\r\nUSERHOST ann\r");
            ann.until(" 451 ");
            assertThat(ann.until(" 302 ")).endsWith("@" + STRANGER);
        }
    }

    @Test
    void thePlainDoorReadsItToo() {
        try (Peer cyd = Peer.connect("cyd", PROXY, server.port(), 0)) {
            cyd.send("PROXY TCP4 192.0.2.4 192.0.2.2 4711 25555\r\n".getBytes(ISO_8859_1));
            cyd.enter();
        }
    }

    // The same before TLS

    private static TestServer encrypted(TestCertificate certificate) {
        return TestServer.start(
                "teahouse.irc.cloak = off",
                "teahouse.limits.max-connections-per-address = 3",
                "teahouse.irc.tls-port = 0",
                "teahouse.irc.tls-certificate = \"" + certificate.certificate + "\"",
                "teahouse.irc.tls-key = \"" + certificate.key + "\"",
                "teahouse.proxies { trusted = [ \"127.0.0.2\" ], proxy-protocol = on }");
    }

    @Test
    void aProxyMayPassTlsOn(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "proxied", "EC", "-1d");
        String header = "PROXY TCP4 192.0.2.5 192.0.2.2 4711 6697\r\n";
        String hello = "NICK ann\r\nUSER ann 0 * :x\r\nUSERHOST ann\r\nWHOIS ann\r\nQUIT :so long\r\n";
        try (TestServer other = encrypted(certificate);
                LogLines log = new LogLines()) {
            try (WebPeer ann = WebPeer.connect(PROXY, other.port("irc-tls"), header, certificate.trusting())) {
                ann.send(hello.getBytes(ISO_8859_1));
                assertThat(ann.untilLine(" 302 ")).endsWith("@192.0.2.5");
                assertThat(ann.untilLine(" 671 ")).contains("secure");
                assertThat(ann.untilLine("ERROR")).contains("so long");
                ann.expectEnd();
            }
            try (WebPeer bad = WebPeer.connect(PROXY, other.port("irc-tls"))) {
                bad.send(new byte[] {0x16, 3, 1, 0, 1});
                assertThat(bad.untilLine("ERROR")).contains("PROXY");
                bad.expectEnd();
            }
            assertThat(log.about("refused: ")).hasSize(1);
            try (WebPeer direct = WebPeer.connect(STRANGER, other.port("irc-tls"), "", certificate.trusting())) {
                direct.send(hello.getBytes(ISO_8859_1));
                assertThat(direct.untilLine(" 302 ")).endsWith("@" + STRANGER);
            }
        }
    }

    @Test
    void atTheWebDoorAProxyMayPassTlsOnOrSpeakItItself(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "proxied", "EC", "-1d");
        try (TestServer other = encrypted(certificate)) {
            int port = other.port("web-tls");
            String header = "PROXY TCP4 192.0.2.6 192.0.2.2 4711 443\r\n";
            try (WebPeer passed = WebPeer.connect(PROXY, port, header, certificate.trusting());
                    WebPeer spoken = WebPeer.connect(PROXY, port, "", certificate.trusting())) {
                passed.upgrade("/", "X-Forwarded-For: 203.0.113.9"); // of the client itself
                assertThat(hostOf(passed, "ann")).isEqualTo("192.0.2.6");
                spoken.upgrade("/", "X-Forwarded-For: 192.0.2.7");
                assertThat(hostOf(spoken, "bob")).isEqualTo("192.0.2.7");
            }
        }
    }

    private static String hostOf(WebPeer peer, String nick) {
        assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
        peer.register(nick);
        peer.say("USERHOST " + nick);
        String reply = peer.until(" 302 ");
        return reply.substring(reply.indexOf('@') + 1).strip();
    }

    @Test
    void clientsWhoseTlsAProxyPassesOnCountByThemselves(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "proxied", "EC", "-1d");
        String header = "PROXY TCP4 198.51.100.7 192.0.2.2 4711 6697\r\n";
        List<WebPeer> peers = new ArrayList<>();
        try (TestServer other = encrypted(certificate)) {
            for (int i = 0; i < 3; i++) {
                WebPeer peer = WebPeer.connect(PROXY, other.port("irc-tls"), header, certificate.trusting());
                peers.add(peer);
                peer.send(("NICK u" + i + "\r\nUSER u 0 * :x\r\n").getBytes(ISO_8859_1));
                peer.untilLine(" 001 ");
            }
            try (WebPeer four = WebPeer.connect(PROXY, other.port("irc-tls"), header, certificate.trusting())) {
                assertThatThrownBy(() -> four.send(new byte[1])).isInstanceOf(UncheckedIOException.class);
            }
        } finally {
            peers.forEach(WebPeer::close);
        }
    }
}
