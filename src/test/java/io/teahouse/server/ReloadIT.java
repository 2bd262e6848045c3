package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, and a certificate that is no good at the start. */
class ReloadIT {
    private static final int WRONG_SETTINGS = 2;
    private static final int SECONDS = 30;

    @TempDir
    private Path folder;

    private ServerProcess launch(TestCertificate with) throws IOException {
        return ServerProcess.launch(
                folder,
                "-Dteahouse.plain.port=0",
                "-Dteahouse.irc.tls-port=0",
                "-Dteahouse.irc.tls-certificate=" + with.certificate,
                "-Dteahouse.irc.tls-key=" + with.key);
    }

    @Test
    void theCertificateIsReadAgain() throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate first = new TestCertificate(folder, "first", "EC", "-1d");
        TestCertificate second = new TestCertificate(folder, "second", "EC", "-1d");
        try (ServerProcess server = launch(first)) {
            int port = server.awaitReady("irc-tls");
            try (Peer ann = Peer.connect("ann", port, first.trusting())) {
                ann.say("PING before\r");
                assertThat(ann.line()).endsWith(":before\r");
                Files.copy(second.certificate, first.certificate, StandardCopyOption.REPLACE_EXISTING);
                Files.copy(second.key, first.key, StandardCopyOption.REPLACE_EXISTING);
                server.signal("HUP");
                awaitCertificate(second.trusting(), port);
                ann.say("PING after\r");
                assertThat(ann.line()).endsWith(":after\r");
            }
        }
    }

    /** Connects until the server shows that certificate. */
    private static void awaitCertificate(SSLContext trusting, int port) {
        long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (true) {
            try (Peer bob = Peer.connect("bob", port, trusting)) {
                bob.say("PING hello\r");
                assertThat(bob.line()).endsWith(":hello\r");
                return;
            } catch (UncheckedIOException e) {
                assertThat(System.nanoTime()).as("the new certificate is shown").isLessThan(deadline);
            }
        }
    }

    @Test
    void anExpiredCertificateIsNamedOnOneLine() throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate expired = new TestCertificate(folder, "expired", "EC", "-30d");
        try (ServerProcess server = launch(expired)) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(WRONG_SETTINGS);
            assertThat(server.errors().lines().filter(line -> !line.contains(" INFO ")))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: ")
                    .contains("teahouse.irc.tls-certificate", "expired.pem", "expired on ");
        }
    }
}
