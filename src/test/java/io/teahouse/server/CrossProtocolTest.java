package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page has a browser connect to the doors; what the page chose to send is never said. */
class CrossProtocolTest {
    private static final String PLAIN_BODY = "mallory\nbuy at evil!\n";
    private static final String IRC_BODY =
            "NICK mallory\r\nUSER m 0 * :m\r\nJOIN #lobby\r\nPRIVMSG #lobby :buy at evil!\r\n";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: chat.example:25555\r\nContent-Type: text/plain\r\n\r\n";

    @TempDir
    private Path folder;

    private static String body(String door) {
        return door.equals("plain") ? PLAIN_BODY : IRC_BODY;
    }

    /** Nobody joined, whatever was sent before. */
    private static void onlyBobIsThere(Peer bob) {
        bob.say("/who");
        bob.expect("-- in lobby: bob");
    }

    private static void isCutOff(TestServer server, String door, String sent) {
        try (LogLines log = new LogLines();
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port(door))) {
            String address = "127.0.0.1:" + page.localPort();
            page.send(sent.getBytes(StandardCharsets.ISO_8859_1));
            page.drain();
            onlyBobIsThere(bob);
            assertThat(log.about(address)).singleElement().asString().contains("does not speak");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "irc"})
    void aPageCannotSpeakByHttp(String door) {
        try (TestServer server = TestServer.start()) {
            for (String line : new String[] {
                "POST / HTTP/1.1",
                "GET /?a=b HTTP/1.0",
                "PUT /x HTTP/1.1",
                "CONNECT chat.example:6667 HTTP/1.1",
                "TRACE / HTTP/1.1",
                "PRI * HTTP/2.0",
                "OPTIONS * HTTP/1.1",
                "chicken /soup HTTP/1.1",
                "GET /without-a-version",
                "POST http://chat.example:6667/ HTTP/1.1",
                "REGISTER sip:chat.example SIP/2.0",
                "Host: chat.example",
                "content-type: text/plain",
                "Sec-Fetch-Mode: no-cors",
                "SSH-2.0-OpenSSH_9.0"
            }) {
                isCutOff(server, door, line + "\r\n" + body(door));
                isCutOff(server, door, "\r\n" + line + "\n\n" + body(door));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "irc"})
    void aPageCannotSpeakByTlsOrTurn(String door) {
        try (TestServer server = TestServer.start()) {
            isCutOff(server, door, "\u0016\u0003\u0001\u0002\u0000\u0001\n" + body(door));
            isCutOff(server, door, "\u0000\u0003\u0000P!\u0012\u00a4B\n" + body(door));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "irc"})
    void aRequestInSmallPiecesIsCutOffToo(String door) {
        try (TestServer server = TestServer.start();
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port(door))) {
            for (byte each : (POST + body(door)).getBytes(UTF_8)) {
                try {
                    page.send(new byte[] {each});
                } catch (java.io.UncheckedIOException e) {
                    break; // cut off already
                }
            }
            page.drain();
            onlyBobIsThere(bob);
        }
    }

    /** A first line that is too long is dropped; the next one shows what it was. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "irc"})
    void aRequestLineThatIsTooLongIsCutOffToo(String door) {
        try (TestServer server = TestServer.start();
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port(door))) {
            page.send(("chicken /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n" + body(door)).getBytes(UTF_8));
            page.drain();
            onlyBobIsThere(bob);
        }
    }

    /** Blank lines, or commands, before the request do not help. */
    @ParameterizedTest
    @ValueSource(strings = {"CAP LS 302", "FOO", "PING x", ""})
    void aRequestAfterOtherLinesIsCutOffToo(String before) {
        try (TestServer server = TestServer.start();
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port("irc"))) {
            page.send((before + "\r\n" + POST + IRC_BODY).getBytes(UTF_8));
            page.drain();
            onlyBobIsThere(bob);
        }
    }

    @Test
    void aRequestAfterAnotherLineIsCutOffAtThePlainDoorToo() {
        try (TestServer server = TestServer.start();
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port())) {
            page.send(("/help\r\n" + POST + PLAIN_BODY).getBytes(UTF_8));
            page.drain();
            onlyBobIsThere(bob);
        }
    }

    @Test
    void aPageCannotSpeakWhereReadsAreMessages() {
        try (TestServer server = TestServer.start("teahouse.plain.framing = chunks");
                Peer bob = Peer.connect("bob", server.port())) {
            bob.say("bob");
            bob.until("bob has joined the chat");
            for (String request : new String[] {POST, POST.replace("\r\n", "\n"), "GET /", "\u0016\u0003\u0001\n"}) {
                try (Peer page = Peer.connect("page", server.port())) {
                    page.send((request + PLAIN_BODY).getBytes(UTF_8));
                    page.drain();
                }
            }
            onlyBobIsThere(bob);
        }
    }

    @Test
    void whatWasBegunAsANameIsNoRequestInPieces() {
        try (TestServer server = TestServer.start("teahouse.plain.framing = chunks");
                Peer bob = Peer.connect("bob", server.port());
                Peer page = Peer.connect("page", server.port())) {
            bob.say("bob");
            bob.until("bob has joined the chat");
            page.send("POST".getBytes(UTF_8));
            bob.expect("POST has joined the chat");
            page.send((" / HTTP/1.1\r\n\r\n" + PLAIN_BODY).getBytes(UTF_8));
            bob.expect("POST has left the chat...");
        }
    }

    @Test
    void aPageCannotSpeakOverTls() throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "first", "EC", "-1d");
        try (TestServer server = TestServer.start(
                        "teahouse.irc.tls-port = 0",
                        "teahouse.irc.tls-certificate = \"" + certificate.certificate + "\"",
                        "teahouse.irc.tls-key = \"" + certificate.key + "\"");
                Peer bob = Peer.enter("bob", server.port());
                Peer page = Peer.connect("page", server.port("irc-tls"), certificate.trusting())) {
            page.send((POST + IRC_BODY).getBytes(UTF_8));
            page.drain();
            onlyBobIsThere(bob);
        }
    }

    /** Lines that only look a little like it. */
    @Test
    void peopleMayTalkOfTheWeb() {
        try (TestServer server = TestServer.start();
                Peer bob = Peer.enter("bob", server.port());
                Peer ann = Peer.connect("ann", server.port("irc"))) {
            ann.say("NICK post\r\nUSER get 0 * :Browser/1.0 HTTP/1.1\r");
            ann.until(" 376 ");
            ann.say("JOIN #lobby\r\nPRIVMSG #lobby :POST / HTTP/1.1\r");
            bob.expect("post has joined the chat").expect("post: POST / HTTP/1.1");
            bob.say("GET / HTTP/1.1");
            bob.expect("bob: GET / HTTP/1.1");
        }
    }
}
