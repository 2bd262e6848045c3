package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends before its connection ends, in whatever way, is done: over TLS as over TCP. */
class TlsInputTest {
    private static final int LINES = 300;
    private static final String HELLO = "NICK p\r\nUSER u 0 * :r\r\nJOIN #lobby\r\n";

    @TempDir
    private Path folder;

    private TestCertificate certificate;
    private TestServer server;
    private Peer bob;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        start("teahouse.flood.enabled = off");
    }

    private void start(String... more) throws IOException, InterruptedException, GeneralSecurityException {
        certificate = certificate == null ? new TestCertificate(folder, "first", "EC", "-1d") : certificate;
        String[] settings = new String[more.length + 3];
        settings[0] = "teahouse.irc.tls-port = 0";
        settings[1] = "teahouse.irc.tls-certificate = \"" + certificate.certificate + "\"";
        settings[2] = "teahouse.irc.tls-key = \"" + certificate.key + "\"";
        System.arraycopy(more, 0, settings, 3, more.length);
        server = TestServer.start(settings);
        bob = Peer.enter("bob", server.port());
    }

    @AfterEach
    void stop() {
        bob.close();
        server.close();
    }

    private static byte[] lines() {
        StringBuilder text = new StringBuilder(HELLO);
        for (int i = 0; i < LINES; i++) {
            text.append("PRIVMSG #lobby :").append(i).append("\r\n");
        }
        return text.toString().getBytes(UTF_8);
    }

    private void bobSeesAll() {
        bob.expect("p has joined the chat");
        for (int i = 0; i < LINES; i++) {
            bob.expect("p: " + i);
        }
        assertThat(bob.line()).startsWith("p has left the chat...");
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port("irc-tls"));
    }

    /** TLS on this socket, which stays open when TLS is closed: what the client has not read would reset it, and lose what was not sent. */
    private SSLSocket tls(String protocol, Socket tcp) throws IOException, GeneralSecurityException {
        SSLSocket socket =
                (SSLSocket) certificate.trusting().getSocketFactory().createSocket(tcp, "localhost", 0, false);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    /** As a script does: all at once, and then the end. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void linesPipedThroughOpensslAreSaid(String protocol) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl", "s_client", "-quiet", protocol, "-connect", "127.0.0.1:" + server.port("irc-tls"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = openssl.getOutputStream()) {
            in.write((HELLO + "PRIVMSG #lobby :alert\r\nQUIT :done\r\n").getBytes(UTF_8));
        }
        bob.expect("p has joined the chat").expect("p: alert").expect("p has left the chat... (done)");
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void linesBeforeACloseAreSaid(String protocol) throws IOException, GeneralSecurityException {
        try (Socket tcp = connect()) {
            try (SSLSocket ann = tls(protocol, tcp)) {
                ann.getOutputStream().write(lines());
            }
            bobSeesAll();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void linesInRecordsOfTheirOwnBeforeACloseAreSaid(String protocol) throws IOException, GeneralSecurityException {
        try (Socket tcp = connect()) {
            try (SSLSocket ann = tls(protocol, tcp)) {
                for (String line : new String(lines(), UTF_8).lines().toList()) {
                    ann.getOutputStream().write((line + '\n').getBytes(UTF_8));
                }
            }
            bobSeesAll();
        }
    }

    /** Only TLS 1.3 lets the other side go on after that; in 1.2 the lines are said, and nobody reads the answers. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void linesBeforeAHalfCloseAreSaidAndAnswered(String protocol) throws IOException, GeneralSecurityException {
        try (Socket tcp = connect();
                SSLSocket ann = tls(protocol, tcp)) {
            ann.getOutputStream().write(lines());
            ann.shutdownOutput();
            if (protocol.equals("TLSv1.3")) {
                assertThat(new String(ann.getInputStream().readAllBytes(), UTF_8))
                        .contains(" 366 ");
            }
            bobSeesAll();
        }
    }

    /** No close_notify: TCP alone says that the client sends no more. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void linesBeforeTheEndOfTheSocketAreSaid(String protocol) throws IOException, GeneralSecurityException {
        try (Socket tcp = connect();
                SSLSocket ann = tls(protocol, tcp)) {
            ann.getOutputStream().write(lines());
            tcp.shutdownOutput();
            bobSeesAll();
        }
    }

    /** A reset: what had been read is done. */
    @ParameterizedTest
    @ValueSource(strings = {"irc-tls", "irc"})
    void linesBeforeAResetAreSaid(String door) throws IOException, GeneralSecurityException {
        try (Peer ann = door.equals("irc")
                ? Peer.connect("ann", server.port(door))
                : Peer.connect("ann", server.port(door), certificate.trusting())) {
            ann.say("NICK p\r\nUSER u 0 * :r\r\nJOIN #lobby\r");
            bob.expect("p has joined the chat");
            ann.say("PING here\r");
            ann.until("PONG");
            ann.say("PRIVMSG #lobby :last\r");
            assertThat(bob.line()).isEqualTo("p: last");
            ann.cut();
        }
        bob.expect("p has left the chat...");
    }

    /** The reset may come before the server has sent anything after the handshake, which fails then. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void linesRightBeforeAResetAreSaid(String protocol) throws IOException, GeneralSecurityException {
        for (int i = 0; i < 20; i++) {
            try (Socket tcp = connect()) {
                tcp.setTcpNoDelay(true); // or the lines wait for an acknowledgement, and are never sent
                SSLSocket ann = tls(protocol, tcp);
                ann.getOutputStream().write((HELLO + "PRIVMSG #lobby :last\r\n").getBytes(UTF_8));
                tcp.setSoLinger(true, 0);
            }
            bob.expect("p has joined the chat").expect("p: last").until("p has left the chat...");
        }
    }

    /** The flood guard holds lines back; the connection that is reset meanwhile takes none of them along. */
    @ParameterizedTest
    @ValueSource(strings = {"irc-tls", "irc"})
    void linesThatWaitForTheirTurnAreSaidAfterAReset(String door)
            throws IOException, GeneralSecurityException, InterruptedException {
        stop();
        start("teahouse.flood.burst = 20", "teahouse.flood.per-second = 10");
        try (Peer ann = door.equals("irc")
                ? Peer.connect("ann", server.port(door))
                : Peer.connect("ann", server.port(door), certificate.trusting())) {
            StringBuilder text = new StringBuilder(HELLO);
            for (int i = 0; i < 30; i++) {
                text.append("PRIVMSG #lobby :").append(i).append("\r\n");
            }
            ann.send(text.toString().getBytes(UTF_8));
            bob.expect("p has joined the chat").expect("p: 0"); // all of it was one read
            ann.cut();
        }
        for (int i = 1; i < 30; i++) {
            bob.expect("p: " + i);
        }
        bob.expect("p has left the chat...");
    }

    @Test
    void whoStaysAbsentHasSaidAllThatWasSentBefore()
            throws IOException, GeneralSecurityException, InterruptedException {
        stop();
        start("teahouse.accounts.absence = 1 minute", "teahouse.flood.enabled = off");
        try (Peer ann = Peer.connect("ann", server.port("irc-tls"), certificate.trusting())) {
            ann.say("CAP REQ :draft/account-registration\r\nCAP END\r\nNICK p\r\nUSER u 0 * :r\r");
            ann.until(" 376 ");
            ann.say("REGISTER p * sesame-street\r");
            ann.until("REGISTER SUCCESS");
            ann.send(new String(lines(), UTF_8).substring(HELLO.indexOf("JOIN")).getBytes(UTF_8));
        }
        bob.expect("p has joined the chat");
        for (int i = 0; i < LINES; i++) {
            bob.expect("p: " + i);
        }
        bob.say("/who");
        assertThat(bob.line()).contains("p");
    }

    @Test
    void aClientThatReadsSlowlyAfterAHalfCloseIsToldAll() throws IOException, GeneralSecurityException {
        try (Socket tcp = connect();
                SSLSocket ann = tls("TLSv1.3", tcp)) {
            ann.getOutputStream().write((HELLO + "HELP\r\nPING last\r\nQUIT :bye\r\n").getBytes(UTF_8));
            ann.shutdownOutput();
            bob.expect("p has joined the chat").expect("p has left the chat... (bye)");
            assertThat(new String(ann.getInputStream().readAllBytes(), UTF_8))
                    .contains("PONG")
                    .endsWith("\r\n")
                    .contains("ERROR :");
        }
    }
}
