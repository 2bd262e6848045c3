package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.teahouse.server.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificate and key files as openssl and people create them. */
class ServerCertificateTest {
    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as(command.toString())
                .isZero();
    }

    /** Creates k.pem (PKCS#8) and c.pem. */
    private void make(String algorithm, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("req", "-x509", "-newkey", algorithm, "-nodes", "-days", "2"));
        all.addAll(List.of("-keyout", "k.pem", "-out", "c.pem", "-subj", "/CN=x"));
        all.addAll(List.of(options));
        openssl(all.toArray(new String[0]));
    }

    private void makeEc() throws IOException, InterruptedException {
        make("ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    private ServerCertificate load(String certificate, String key) throws BadCertificate {
        return new ServerCertificate(file(certificate), file(key), List.of());
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    @Test
    void sec1KeysAreRead() throws Exception {
        makeEc();
        openssl("ec", "-in", "k.pem", "-out", "sec1.pem");
        assertThat(text("sec1.pem")).contains("BEGIN EC PRIVATE KEY");
        load("c.pem", "sec1.pem");
        openssl("ecparam", "-name", "prime256v1", "-out", "params.pem");
        Files.writeString(file("with.pem"), text("params.pem") + text("sec1.pem"));
        load("c.pem", "with.pem");
    }

    @Test
    void pkcs1KeysAreRead() throws Exception {
        make("rsa:2048");
        openssl("rsa", "-in", "k.pem", "-traditional", "-out", "pkcs1.pem");
        assertThat(text("pkcs1.pem")).contains("BEGIN RSA PRIVATE KEY");
        load("c.pem", "pkcs1.pem");
        load("c.pem", "k.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ed448"})
    void edwardsCurvesAreRead(String curve) throws Exception {
        make(curve);
        load("c.pem", "k.pem");
    }

    @Test
    void oneFileMayHoldBothInAnyOrder() throws Exception {
        makeEc();
        Files.writeString(file("both.pem"), text("k.pem") + text("c.pem"));
        load("both.pem", "both.pem");
        Files.writeString(file("turned.pem"), text("c.pem") + text("k.pem"));
        load("turned.pem", "turned.pem");
        load("turned.pem", "k.pem");
        load("c.pem", "both.pem");
    }

    @Test
    void textAroundThePemBlocksIsIgnored() throws Exception {
        makeEc();
        String attributes = "Bag Attributes\n    localKeyID: 01\nsubject=CN = x\n\n";
        for (String before : List.of("\uFEFF", "\uFEFF\r\n\r\n", attributes, "\uFEFF" + attributes)) {
            Files.writeString(file("c2.pem"), (before + text("c.pem")).replace("\n", "\r\n"));
            Files.writeString(file("k2.pem"), (before + text("k.pem")).replace("\n", "\r\n") + "\r\n\r\nthe end");
            load("c2.pem", "k2.pem");
        }
        Files.writeString(file("indented.pem"), text("k.pem").replaceAll("(?m)^", "   "));
        load("c.pem", "indented.pem");
        Files.writeString(file("utf16.pem"), "\uFEFF" + text("k.pem"), StandardCharsets.UTF_16LE);
        load("c.pem", "utf16.pem");
    }

    @Test
    void theServersCertificateNeedNotComeFirst() throws Exception {
        makeEc();
        Files.move(file("c.pem"), file("authority.pem"));
        Files.move(file("k.pem"), file("authority.key"));
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "k.pem",
                "-out",
                "r.pem",
                "-subj",
                "/CN=y");
        openssl(
                "x509",
                "-req",
                "-in",
                "r.pem",
                "-CA",
                "authority.pem",
                "-CAkey",
                "authority.key",
                "-CAcreateserial",
                "-out",
                "c.pem",
                "-days",
                "2");
        Files.writeString(file("chain.pem"), text("authority.pem") + text("c.pem"));
        load("chain.pem", "k.pem");
    }

    @Test
    void anEncryptedKeyIsNamedAsSuch() throws Exception {
        makeEc();
        openssl("pkcs8", "-topk8", "-in", "k.pem", "-out", "e8.pem", "-passout", "pass:x");
        openssl("ec", "-in", "k.pem", "-aes128", "-out", "e1.pem", "-passout", "pass:x");
        for (String each : List.of("e8.pem", "e1.pem")) {
            assertThatThrownBy(() -> load("c.pem", each)).hasMessageContainingAll(each, "protected by a password");
        }
    }

    @Test
    void anUnusableFileIsRefusedWithAReason() throws Exception {
        makeEc();
        openssl("x509", "-in", "c.pem", "-outform", "der", "-out", "c.der");
        assertThatThrownBy(() -> load("c.der", "k.pem")).hasMessageContainingAll("c.der is binary", "PEM");
        assertThatThrownBy(() -> load("c.pem", "c.pem")).hasMessageContaining("c.pem holds no key");
        assertThatThrownBy(() -> load("k.pem", "k.pem")).hasMessageContaining("k.pem holds no certificate");
        assertThatThrownBy(() -> load("", "k.pem")).hasMessageContaining("is not a regular file");
        Files.writeString(file("cut.pem"), text("k.pem").substring(0, 80));
        assertThatThrownBy(() -> load("c.pem", "cut.pem")).hasMessageContaining("cut.pem is damaged");
        Files.move(file("k.pem"), file("other.pem"));
        make("rsa:2048");
        assertThatThrownBy(() -> load("c.pem", "other.pem")).hasMessageContaining("other.pem is not the key of");
    }

    @Test
    void aKeyThatOthersCanReadDrawsAWarning() throws Exception {
        makeEc();
        try (LogLines log = new LogLines()) {
            Files.setPosixFilePermissions(file("k.pem"), PosixFilePermissions.fromString("rw-r-----"));
            load("c.pem", "k.pem");
            assertThat(log.atLeast(Level.WARN)).isEmpty();
            Files.setPosixFilePermissions(file("k.pem"), PosixFilePermissions.fromString("rw-r--r--"));
            load("c.pem", "k.pem");
            assertThat(log.atLeast(Level.WARN)).singleElement().asString().contains("k.pem", "chmod 600");
        }
    }
}
