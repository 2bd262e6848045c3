package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.net.BadCertificate;
import io.teahouse.net.PeerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that trust each other by certificates. Here, each certificate is its own authority. */
class ClusterTlsIT {
    @TempDir
    private Path folder;

    private TestCertificate ours;
    private TestCertificate theirs;

    @BeforeEach
    void create() throws GeneralSecurityException, IOException, InterruptedException {
        ours = new TestCertificate(folder, "ours", "RSA", "-1d");
        theirs = new TestCertificate(folder, "theirs", "RSA", "-1d");
    }

    private static String[] with(TestCertificate certificate) {
        return new String[] {
            "-Dteahouse.cluster.tls.certificate=" + certificate.certificate,
            "-Dteahouse.cluster.tls.key=" + certificate.key,
            "-Dteahouse.cluster.tls.ca=" + certificate.certificate
        };
    }

    @Test
    void nodesWithCertificatesFormAClusterAndNobodyElseJoinsIt() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(2, folder, with(ours))) {
            assertThat(cluster.running()).hasSize(2);
            cluster.running().forEach(ClusterProcesses.Node::awaitReady);
            String[] without = {
                "-Dteahouse.cluster.tls.certificate=", "-Dteahouse.cluster.tls.key=", "-Dteahouse.cluster.tls.ca="
            };
            try (ServerProcess plain = cluster.launch(cluster.running(), without);
                    ServerProcess stranger = cluster.launch(cluster.running(), with(theirs))) {
                int admin = plain.awaitListening("admin");
                plain.awaitError("Couldn't join seed nodes");
                assertThat(new AdminClient(admin).status("/health/ready")).isEqualTo(503);
                admin = stranger.awaitListening("admin");
                stranger.awaitError("Couldn't join seed nodes");
                assertThat(new AdminClient(admin).status("/health/ready")).isEqualTo(503);
            }
            cluster.running().forEach(ClusterProcesses.Node::awaitReady);
        }
    }

    private static void isRefused(Path certificate, Path key, Path authority, String why) {
        assertThatThrownBy(() -> PeerCertificate.check(certificate, key, authority))
                .isInstanceOf(BadCertificate.class)
                .hasMessageContaining(why);
    }

    @Test
    void filesThatAkkaCouldNotUseAreRefused()
            throws BadCertificate, GeneralSecurityException, IOException, InterruptedException {
        PeerCertificate.check(ours.certificate, ours.key, ours.certificate);
        isRefused(ours.certificate, theirs.key, ours.certificate, "is not the key of the certificate");
        isRefused(ours.certificate, ours.key, theirs.certificate, "has not signed the certificate");
        isRefused(ours.certificate, ours.key, ours.key, "holds no certificate");
        TestCertificate curve = new TestCertificate(folder, "curve", "EC", "-1d");
        isRefused(curve.certificate, curve.key, curve.certificate, "only RSA");
        Files.write(ours.key, Files.readAllBytes(ours.certificate), StandardOpenOption.APPEND);
        isRefused(ours.certificate, ours.key, ours.certificate, "holds more than the key");
    }
}
