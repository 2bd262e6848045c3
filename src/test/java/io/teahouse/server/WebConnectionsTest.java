package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
                        TestServer.start("teahouse.web.ping-interval = 1 s", "teahouse.limits.idle-timeout = 8 s");
                WebPeer ann = WebPeer.register("ann", server.port("web"), TEXT);
                WebPeer bob = WebPeer.register("bob", server.port("web"), TEXT)) {
            for (int i = 0; i < 10; i++) {
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

    @Test
    void aCertificateIsReadAgainAndNobodyIsDropped(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate first = new TestCertificate(folder, "first", "EC", "-1d");
        TestCertificate second = new TestCertificate(folder, "second", "RSA", "-1d");
        try (TestServer server = TestServer.start(
                        "teahouse.irc.operators = [ { name = root, password = secret } ]",
                        "teahouse.irc.tls-port = 0",
                        "teahouse.irc.tls-certificate = \"" + first.certificate + "\"",
                        "teahouse.irc.tls-key = \"" + first.key + "\"");
                WebPeer ann = WebPeer.connect(server.port("web-tls"), first.trusting())) {
            ann.upgrade("/");
            ann.head();
            ann.register("ann");
            Files.copy(second.certificate, first.certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(second.key, first.key, StandardCopyOption.REPLACE_EXISTING);
            ann.say("OPER root secret");
            ann.say("REHASH");
            ann.say("PING done");
            assertThat(ann.until(" 382 ")).contains("Rehashing");
            ann.until(" PONG ");
            int port = server.port("web-tls");
            try (WebPeer bob = WebPeer.connect(port, second.trusting())) {
                bob.upgrade("/");
                assertThat(bob.head()).startsWith("HTTP/1.1 101 ");
                bob.register("bob");
                bob.say("PRIVMSG ann :still there?");
                assertThat(ann.until("PRIVMSG")).endsWith(":still there?");
            }
            try (WebPeer cyd = WebPeer.connect(port, first.trusting())) {
                assertThatThrownBy(() -> cyd.upgrade("/")).isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    /** The page of somebody else is not slower for it, and misses nothing. */
    @Test
    void aBrowserThatDoesNotReadIsCutOffAndTheOthersMissNothing() {
        int queue = 64 * 1024;
        int length = 400;
        try (LogLines log = new LogLines();
                TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off",
                        "teahouse.limits.send-queue-bytes = " + queue,
                        "teahouse.limits.socket-send-buffer-bytes = 4096");
                WebPeer slow = WebPeer.connect("127.0.0.1", server.port("web"), 4096);
                WebPeer ann = WebPeer.register("ann", server.port("web"), TEXT);
                WebPeer bob = WebPeer.register("bob", server.port("web"), TEXT)) {
            slow.upgrade("/");
            slow.head();
            slow.register("slow");
            for (WebPeer each : new WebPeer[] {slow, ann, bob}) {
                each.say("JOIN #tea");
                each.until(" 366 ");
            }
            bob.say("PING ready");
            bob.until(" PONG ");
            int said = 0;
            boolean gone = false;
            while (!gone && said * length < 10 * queue) {
                String text = said++ + "x".repeat(length);
                ann.say("PRIVMSG #tea :" + text);
                String line = bob.frame().text();
                if (line.contains(":slow!")) {
                    gone = line.contains(" QUIT ");
                    line = bob.frame().text();
                }
                assertThat(line).endsWith("PRIVMSG #tea :" + text);
            }
            assertThat(gone).as("the slow one was disconnected").isTrue();
            assertThat(log.about("cut off: slow")).hasSize(1);
            ann.say("PRIVMSG #tea :after that");
            assertThat(bob.until("PRIVMSG")).endsWith(":after that");
        }
    }
}
