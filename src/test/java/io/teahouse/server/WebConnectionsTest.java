package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections of the web door live and end. */
class WebConnectionsTest {
    private static final String TEXT = "text.ircv3.net";

    /** A page that the browser has frozen answers pings, and runs no code. */
    @Test
    void whoAnswersPingsIsThere() {
        try (TestServer server =
                        TestServer.start("teahouse.web.ping-interval = 1 s", "teahouse.limits.idle-timeout = 4 s");
                WebPeer ann = WebPeer.register("ann", server.port("web"), TEXT);
                WebPeer bob = WebPeer.register("bob", server.port("web"), TEXT)) {
            for (int i = 0; i < 6; i++) {
                WebPeer.Frame ping = ann.frame();
                assertThat(ping.opcode()).isEqualTo(WebPeer.PING);
                ann.send(
                        WebPeer.frame(WebPeer.FIN | WebPeer.PONG, ping.payload().toArray()));
            }
            assertThat(bob.until("ERROR")).contains("nothing was heard for too long");
            assertThat(bob.untilClosed()).isEqualTo(1008);
            ann.say("PING x");
            ann.until(" PONG ");
        }
    }

    @Test
    void whoIsKilledOrQuitsIsToldByACloseFrame() {
        try (TestServer server = TestServer.start("teahouse.irc.operators = [ { name = root, password = secret } ]");
                WebPeer ann = WebPeer.register("ann", server.port("web"), TEXT);
                WebPeer bob = WebPeer.register("bob", server.port("web"), TEXT)) {
            ann.say("OPER root secret");
            ann.say("KILL bob :go");
            assertThat(bob.until("ERROR")).contains("go");
            assertThat(bob.untilClosed()).isEqualTo(1000);
        }
    }

    @Test
    void theDoorIsOpenWhereThatOfIrcIsClosed() {
        try (TestServer server = TestServer.start("teahouse.irc.enabled = off", "teahouse.plain.enabled = off");
                WebPeer ann = WebPeer.register("ann", server.port("web"), TEXT)) {
            ann.say("QUIT");
            assertThat(ann.untilClosed()).isEqualTo(1000);
        }
    }

    @Test
    void theDoorUsesTheCertificateOfTheServer(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = new TestCertificate(folder, "web", "EC", "-1d");
        try (TestServer server = TestServer.start(
                        "teahouse.irc.tls-port = 0",
                        "teahouse.irc.tls-certificate = \"" + certificate.certificate + "\"",
                        "teahouse.irc.tls-key = \"" + certificate.key + "\"");
                WebPeer ann = WebPeer.connect(server.port("web-tls"), certificate.trusting())) {
            ann.upgrade("/irc", "Origin: https://localhost");
            assertThat(ann.head()).startsWith("HTTP/1.1 101 ");
            ann.register("ann");
            ann.say("WHOIS ann");
            assertThat(ann.until(" 671 ")).contains("secure");
            ann.say("QUIT");
            assertThat(ann.untilClosed()).isEqualTo(1000);
        }
    }
}
