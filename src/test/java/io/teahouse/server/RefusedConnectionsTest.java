package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections that get nowhere leave in the log. */
class RefusedConnectionsTest {
    @TempDir
    private Path folder;

    /** Lines that other lines follow are complete. */
    private static List<String> await(LogLines log, String text) {
        long end = System.nanoTime() + 40_000_000_000L;
        while (log.about(text).isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return log.about(text);
    }

    @Test
    void manyRefusedConnectionsAreTwoLines() {
        try (TestServer server = TestServer.start(
                        "teahouse.limits.max-connections-per-address = 1",
                        "teahouse.limits.refusals-logged-every = 6 s");
                LogLines log = new LogLines();
                Peer bob = Peer.enter("bob", server.port())) {
            for (int i = 0; i < 50; i++) {
                try (Peer refused = Peer.connect("refused", server.port())) {
                    refused.until("too many connections");
                }
            }
            assertThat(await(log, "more since")).singleElement().asString().contains("refused: 127.0.0.1: 49 more");
            assertThat(log.about("refused: ")).hasSize(2);
            bob.say("hi");
            bob.expect("bob: hi");
        }
    }

    private TestServer tls(String... more) throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "first", "EC", "-1d");
        String[] settings = new String[more.length + 3];
        settings[0] = "teahouse.irc.tls-port = 0";
        settings[1] = "teahouse.irc.tls-certificate = \"" + certificate.certificate + "\"";
        settings[2] = "teahouse.irc.tls-key = \"" + certificate.key + "\"";
        System.arraycopy(more, 0, settings, 3, more.length);
        return TestServer.start(settings);
    }

    @Test
    void aHandshakeThatFailsIsLoggedOnceWithItsReason()
            throws IOException, InterruptedException, GeneralSecurityException {
        try (TestServer server = tls();
                LogLines log = new LogLines()) {
            for (int i = 0; i < 20; i++) {
                try (Peer plain = Peer.connect("plain", server.port("irc-tls"))) {
                    plain.say("NICK plain\r");
                    plain.drain();
                }
            }
            assertThat(await(log, "TLS handshake failed: "))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1", "SSL message");
            assertThat(log.about("127.0.0.1")).hasSize(1);
        }
    }

    @Test
    void whoNeverBeginsTheHandshakeIsCutOff() throws IOException, InterruptedException, GeneralSecurityException {
        try (TestServer server = tls("teahouse.irc.tls-handshake-timeout = 1 s");
                LogLines log = new LogLines();
                Peer silent = Peer.connect("silent", server.port("irc-tls"))) {
            silent.drain();
            assertThat(await(log, "TLS handshake failed: the handshake took too long"))
                    .hasSize(1);
        }
    }

    /** An alert, and no handshake, which would cost the server what it has too little of. */
    @Test
    void whoIsRefusedGetsNoHandshake() throws IOException, InterruptedException, GeneralSecurityException {
        try (TestServer server = tls("teahouse.limits.max-connections-per-address = 1");
                Peer bob = Peer.enter("bob", server.port());
                Peer refused = Peer.connect("refused", server.port("irc-tls"))) {
            refused.send(new byte[] {0x16, 3, 1, 0, 1});
            refused.expectText("\u0015\u0003\u0003\u0000\u0002\u00021");
            refused.expectClosed();
            bob.say("hi");
            bob.expect("bob: hi");
        }
    }
}
