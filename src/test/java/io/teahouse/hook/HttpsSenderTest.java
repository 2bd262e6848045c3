package io.teahouse.hook;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends to an HTTPS server at 127.0.0.1, whose certificate is for hooks.example. */
class HttpsSenderTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path folder;

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private KeyStore certificate() throws Exception {
        Path file = folder.resolve("hooks.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hooks",
                        "-ext",
                        "san=dns:hooks.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String send(String host, int port, SSLContext trusted) {
        HttpSender sender = new HttpSender(
                AKKA.system(),
                "akka.actor.default-dispatcher",
                () -> new HookSettings.Sending(
                        TIMEOUT, new HookSettings.Backoff(TIMEOUT, TIMEOUT), 10, new Targets(true, List.of())),
                any -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                trusted);
        HookSettings.Outgoing hook = new HookSettings.Outgoing(
                "archive",
                Nick.of("archive"),
                URI.create("https://" + host + ":" + port + "/"),
                Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[24])),
                List.of(RoomName.of("tea")),
                EnumSet.allOf(HookEvent.class));
        return sender.send(hook, "1", "{}", 0)
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void theCertificateIsCheckedForTheNameAlthoughTheConnectionGoesToAnAddress() throws Exception {
        KeyStore store = certificate();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext ofServer = SSLContext.getInstance("TLS");
        ofServer.init(keys.getKeyManagers(), null, new SecureRandom());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("hooks", store.getCertificate("hooks"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authorities);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, managers.getTrustManagers(), new SecureRandom());

        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ofServer));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(send("hooks.example", port, trusting)).isEmpty();
            assertThat(send("other.example", port, trusting)).isNotEmpty();
            assertThat(send("hooks.example", port, SSLContext.getDefault())).isNotEmpty();
        } finally {
            server.stop(0);
        }
    }
}
