package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The IRC door over TLS, with certificates of the test's own. */
class TlsTest {
    private static final String OPERATOR = "teahouse.irc.operators = [ { name = root, password = secret } ]";

    @TempDir
    private Path folder;

    private TestCertificate first;

    @BeforeEach
    void make() throws IOException, InterruptedException, GeneralSecurityException {
        first = new TestCertificate(folder, "first", "EC", "-1d");
    }

    private static TestServer start(TestCertificate with, String... more) {
        String[] settings = new String[more.length + 3];
        settings[0] = "teahouse.irc.tls-port = 0";
        settings[1] = "teahouse.irc.tls-certificate = \"" + with.certificate + "\"";
        settings[2] = "teahouse.irc.tls-key = \"" + with.key + "\"";
        System.arraycopy(more, 0, settings, 3, more.length);
        return TestServer.start(settings);
    }

    private static Peer register(Peer peer, String name) {
        peer.say("NICK " + name + "\r\nUSER " + name + " 0 * :x\r");
        peer.until(" 376 ");
        return peer;
    }

    @Test
    void whoComesOverTlsIsInTheSameRoom() throws GeneralSecurityException, IOException {
        try (TestServer server = start(first);
                Peer ann = register(Peer.connect("ann", server.port("irc-tls"), first.trusting()), "ann");
                Peer bob = Peer.enter("bob", server.port())) {
            ann.say("JOIN #lobby\r");
            bob.expect("ann has joined the chat");
            bob.say("hi");
            assertThat(ann.until("PRIVMSG")).endsWith("PRIVMSG #lobby :hi");
            ann.say("WHOIS ann\r");
            assertThat(ann.until(" 671 ")).endsWith(":is using a secure connection");
            ann.say("QUIT :bye\r");
            assertThat(ann.until("ERROR")).contains("bye");
            ann.expectClosed();
            bob.expect("bob: hi").expect("ann has left the chat... (bye)");
        }
    }

    @Test
    void aUserIsSecureWhileAllTheirConnectionsAre() throws GeneralSecurityException, IOException {
        String login = "CAP REQ :sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE AGFubgBzZXNhbWU=\r"; // ann, sesame
        try (TestServer server = start(first);
                Peer ann = register(Peer.connect("ann", server.port("irc-tls"), first.trusting()), "ann");
                Peer pad = register(Peer.connect("pad", server.port("irc-tls"), first.trusting()), "pad");
                Peer bob = register(Peer.connect("bob", server.port("irc")), "bob")) {
            ann.say("REGISTER * * sesame\r\nJOIN #tea\r");
            ann.until(" 366 ");
            pad.say(login);
            pad.until(" JOIN #tea");
            bob.say("WHOIS ann\r");
            assertThat(bob.until(" 671 ")).endsWith(":is using a secure connection");
            bob.until(" 318 ");
            try (Peer open = register(Peer.connect("open", server.port("irc")), "open")) {
                open.say(login);
                open.until(" JOIN #tea");
                bob.say("WHOIS ann\r");
                assertThat(bob.untilAll(" 318 ")).noneMatch(line -> line.contains(" 671 "));
                pad.say("DEVICES\r");
                assertThat(pad.until(":1: ")).contains(" irc-tls from 127.0.0.1");
                assertThat(pad.until(":3: ")).contains(" irc from 127.0.0.1");
                open.say("QUIT\r");
                open.until("ERROR");
                open.drain();
            }
            server.settle(); // her user has one connection less
            bob.say("WHO ann %na\r\nWHOIS ann\r");
            assertThat(bob.until(" 354 ")).endsWith(" 354 bob ann :ann");
            bob.until(" 671 ");
        }
    }

    @Test
    void aCertificateIsReadAgainAndNobodyIsDropped()
            throws GeneralSecurityException, IOException, InterruptedException {
        TestCertificate second = new TestCertificate(folder, "second", "RSA", "-1d");
        try (TestServer server = start(first, OPERATOR);
                Peer ann = register(Peer.connect("ann", server.port("irc-tls"), first.trusting()), "ann")) {
            Files.copy(second.certificate, first.certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(second.key, first.key, StandardCopyOption.REPLACE_EXISTING);
            ann.say("OPER root secret\r\nREHASH\r\nPING done\r");
            assertThat(ann.until(" 382 ")).contains("Rehashing");
            ann.until("PONG");
            int port = server.port("irc-tls");
            try (Peer bob = register(Peer.connect("bob", port, second.trusting()), "bob")) {
                bob.say("PRIVMSG ann :still there?\r");
                assertThat(ann.until("PRIVMSG")).endsWith(":still there?");
            }
            try (Peer cyd = Peer.connect("cyd", port, first.trusting())) {
                assertThatThrownBy(() -> cyd.say("NICK cyd\r")).isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    @Test
    void aBadFileChangesNothing() throws GeneralSecurityException, IOException {
        Path bad = Files.writeString(folder.resolve("bad.key"), "nonsense");
        assertReloadIsRefused(bad, "first.key");
    }

    @Test
    void aCertificateThatIsNotValidTodayIsRefusedAtStart()
            throws GeneralSecurityException, IOException, InterruptedException {
        TestCertificate expired = new TestCertificate(folder, "expired", "EC", "-30d");
        assertThatThrownBy(() -> start(expired))
                .hasMessageContainingAll("teahouse.irc.tls-certificate", "expired.pem", "expired on ");
        TestCertificate early = new TestCertificate(folder, "early", "EC", "+2d");
        assertThatThrownBy(() -> start(early)).hasMessageContainingAll("early.pem", "is not valid before ");
    }

    @Test
    void oneOfCertificateAndKeyIsNotEnough() {
        assertThatThrownBy(() -> TestServer.start("teahouse.irc.tls-certificate = \"" + first.certificate + "\""))
                .hasMessageContainingAll("teahouse.irc.tls-key", "is set");
        assertThatThrownBy(() -> TestServer.start("teahouse.irc.tls-key = \"" + first.key + "\""))
                .hasMessageContainingAll("teahouse.irc.tls-certificate", "is set");
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws IOException, GeneralSecurityException, InterruptedException {
        for (String algorithm : new String[] {"EC", "RSA"}) {
            TestCertificate mine = new TestCertificate(folder, "mine" + algorithm, algorithm, "-1d");
            TestCertificate other = new TestCertificate(folder, "other" + algorithm, algorithm, "-1d");
            Files.copy(other.key, mine.key, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> start(mine))
                    .hasMessageContainingAll("mine" + algorithm + ".key is not the key of the certificate in");
        }
    }

    @Test
    void anotherKeyChangesNothingWhileTheServerRuns()
            throws GeneralSecurityException, IOException, InterruptedException {
        TestCertificate other = new TestCertificate(folder, "other", "EC", "-1d");
        assertReloadIsRefused(other.key, "is not the key of");
    }

    /** Replaces the key of a running server: a reload reports {@code why}, and clients still connect by the old one. */
    private void assertReloadIsRefused(Path newKey, String why) throws GeneralSecurityException, IOException {
        try (TestServer server = start(first, OPERATOR);
                Peer ann = register(Peer.connect("ann", server.port("irc-tls"), first.trusting()), "ann")) {
            Files.copy(newKey, first.key, StandardCopyOption.REPLACE_EXISTING);
            ann.say("OPER root secret\r\nREHASH\r");
            assertThat(ann.until("Nothing has changed")).contains(why);
            register(Peer.connect("bob", server.port("irc-tls"), first.trusting()), "bob")
                    .close();
        }
    }

    @Test
    void emptyFilesAreRefusedAtStart() throws IOException {
        Files.writeString(first.key, "");
        assertThatThrownBy(() -> start(first)).hasMessageContaining("first.key holds no key");
        Files.writeString(first.certificate, "");
        assertThatThrownBy(() -> start(first)).hasMessageContaining("first.pem holds no certificate");
    }

    @Test
    void filesThatAreNoneAreRefusedAtStart() throws IOException {
        Files.writeString(first.key, "nonsense");
        assertThatThrownBy(() -> start(first)).hasMessageContaining("first.key holds no key");
        Files.delete(first.certificate);
        assertThatThrownBy(() -> start(first)).hasMessageContaining("first.pem does not exist");
    }

    @Test
    void clientsAreToldToComeBackEncrypted() throws GeneralSecurityException, IOException {
        try (TestServer server = start(first, "teahouse.irc.sts-duration = 30 d");
                Peer open = Peer.connect("ann", server.port("irc"));
                Peer secret = Peer.connect("bob", server.port("irc-tls"), first.trusting())) {
            open.say("CAP LS 302\r");
            assertThat(open.until(" LS ")).contains("sts=port=");
            secret.say("CAP LS 302\r");
            assertThat(secret.until(" LS ")).contains("sts=duration=2592000");
            open.say("CAP REQ sts\r");
            assertThat(open.until(" NAK ")).endsWith(":sts");
        }
    }

    /** The start of a record that says it is as long as may be, and all but the end of it. */
    private static byte[] unfinishedRecord() {
        byte[] record = new byte[16_000];
        record[0] = 22;
        record[1] = 3;
        record[2] = 3;
        record[3] = 0x40;
        return record;
    }

    @Test
    void recordsThatAreNotCompleteCountInTheBudgetOfWhatWaits() throws IOException {
        String budget = "teahouse.limits.input-bytes = 64 KiB";
        String patient = "teahouse.irc.tls-handshake-timeout = 5 minutes";
        List<Socket> clients = new ArrayList<>();
        try (TestServer server = start(first, budget, patient)) {
            for (int i = 0; i < 5; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port("irc-tls"));
                client.setSoTimeout(30_000);
                client.getOutputStream().write(unfinishedRecord());
                clients.add(client);
            }
            assertThat(isClosedSoon(clients)).isTrue();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static boolean isClosedSoon(List<Socket> clients) {
        return clients.parallelStream().anyMatch(TlsTest::isClosed);
    }

    private static boolean isClosed(Socket client) {
        try {
            while (client.getInputStream().read() >= 0) {
                // why it is closed
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
