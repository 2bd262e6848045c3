package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's session against a client of the JDK that misbehaves. */
@Timeout(60)
class TlsSessionTest {
    private static final ByteString HI = ByteString.fromString("hi\n");

    @TempDir
    private Path folder;

    private ServerCertificate certificate;

    @BeforeEach
    void make() throws Exception {
        Path keyAndChain = folder.resolve("both.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        keyAndChain.toString(),
                        "-out",
                        folder.resolve("c.pem").toString(),
                        "-subj",
                        "/CN=x",
                        "-days",
                        "2")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(openssl.waitFor()).isZero();
        certificate = new ServerCertificate(folder.resolve("c.pem"), keyAndChain, List.of());
    }

    private static SSLEngine client(String protocol) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    /** Passes bytes back and forth until neither side has any more; returns what the server has decrypted. */
    private static String exchange(SSLEngine client, TlsSession server) throws SSLException {
        StringBuilder read = new StringBuilder();
        ByteBuffer in = ByteBuffer.allocate(0);
        boolean moved = true;
        while (moved) {
            moved = false;
            ByteBuffer out = ByteBuffer.allocate(40_000);
            while (client.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                client.wrap(ByteBuffer.allocate(0), out);
                moved = true;
            }
            runTasks(client);
            server.received(ByteString.fromByteBuffer(out.flip()));
            for (Optional<Runnable> task = server.advance(true); task.isPresent(); task = server.advance(true)) {
                task.get().run();
            }
            read.append(server.takePlain().utf8String());
            in = ByteBuffer.wrap(
                    ByteString.fromByteBuffer(in).concat(server.takeEncrypted()).toArray());
            while (in.hasRemaining()
                    && client.unwrap(in, ByteBuffer.allocate(40_000)).bytesConsumed() > 0) {
                runTasks(client);
                moved = true;
            }
        }
        return read.toString();
    }

    private static void runTasks(SSLEngine client) {
        for (Runnable task = client.getDelegatedTask(); task != null; task = client.getDelegatedTask()) {
            task.run();
        }
    }

    private static void send(SSLEngine client, TlsSession server, ByteString text) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(40_000);
        client.wrap(text.asByteBuffer(), out);
        server.received(ByteString.fromByteBuffer(out.flip()));
    }

    private TlsSession established(SSLEngine client) throws SSLException {
        TlsSession server = new TlsSession(certificate.engine("irc"));
        client.beginHandshake();
        exchange(client, server);
        assertThat(server.isEstablished()).isTrue();
        send(client, server, HI);
        assertThat(exchange(client, server)).isEqualTo("hi\n");
        return server;
    }

    @Test
    void aClientCannotRenegotiate() throws GeneralSecurityException, SSLException {
        SSLEngine client = client("TLSv1.2");
        TlsSession server = established(client);
        client.beginHandshake();
        assertThatThrownBy(() -> exchange(client, server)).hasMessageContaining("renegotiation");
    }

    @Test
    void aClientCannotFloodTheServerWithKeyUpdates() throws GeneralSecurityException, SSLException {
        SSLEngine client = client("TLSv1.3");
        TlsSession server = established(client);
        client.beginHandshake(); // a key update in TLS 1.3
        exchange(client, server);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        client.beginHandshake();
                        exchange(client, server);
                    }
                })
                .hasMessageContaining("too many records without data");
    }

    @Test
    void aClientMaySometimesUpdateItsKeys() throws GeneralSecurityException, SSLException {
        SSLEngine client = client("TLSv1.3");
        TlsSession server = established(client);
        for (int i = 0; i < 10; i++) {
            client.beginHandshake();
            exchange(client, server);
            send(client, server, HI);
            assertThat(exchange(client, server)).isEqualTo("hi\n");
        }
    }

    @Test
    void onlyForwardSecretAeadSuitesAreUsed() throws GeneralSecurityException, SSLException {
        SSLEngine client = client("TLSv1.2");
        client.setEnabledCipherSuites(new String[] {
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256"
        });
        TlsSession server = new TlsSession(certificate.engine("irc"));
        client.beginHandshake();
        assertThatThrownBy(() -> exchange(client, server)).hasMessageContaining("no cipher suites in common");
    }

    @Test
    void otherSuitesCanBeAllowed() throws Exception {
        String other = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
        SSLEngine client = client("TLSv1.2");
        client.setEnabledCipherSuites(new String[] {other});
        certificate = new ServerCertificate(folder.resolve("c.pem"), folder.resolve("both.pem"), List.of(other));
        established(client);
        assertThat(client.getSession().getCipherSuite()).isEqualTo(other);
    }

    /** A browser offers h2 and http/1.1. */
    @Test
    void aClientThatAsksForAnotherProtocolIsRefused() throws GeneralSecurityException, SSLException {
        SSLEngine client = client("TLSv1.3");
        javax.net.ssl.SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        client.setSSLParameters(parameters);
        TlsSession server = new TlsSession(certificate.engine("irc"));
        client.beginHandshake();
        assertThatThrownBy(() -> exchange(client, server)).isInstanceOf(SSLException.class);
        assertThat(server.isEstablished()).isFalse();
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(
                java.security.cert.X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                java.security.cert.X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
