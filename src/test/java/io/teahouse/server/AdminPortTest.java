package io.teahouse.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.account.HashedToken;
import io.teahouse.admin.AdminToken;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin port of a whole server, over real HTTP. */
class AdminPortTest {
    private static final String ENABLED = "teahouse.admin.enabled = on";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static AdminClient admin(TestServer server) {
        return new AdminClient(server.port("admin"));
    }

    @Test
    void theAdminPortIsClosedByDefault() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.port("admin")).isEqualTo(-1);
        }
    }

    @Test
    void aRunningServerIsLiveAndReadyWithoutAToken() {
        try (TestServer server = TestServer.start(ENABLED)) {
            HttpResponse<String> live = admin(server).get("/health/live");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.body()).isEqualTo("{\"status\":\"live\"}\n");
            HttpResponse<String> ready = admin(server).get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(ready.body())
                    .startsWith("{\"checks\":{")
                    .contains(
                            "\"irc\":true", "\"plain\":true", "\"store\":true", "\"web\":true", "\"status\":\"ready\"");
        }
    }

    @Test
    void aServerIsNotReadyWithoutItsStore() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestServer server = TestServer.start(
                ENABLED, "teahouse.store { kind = sqlite, path = \"" + file + "\", retry-interval = 10 ms }")) {
            assertThat(admin(server).status("/health/ready")).isEqualTo(200);
            Files.move(file, folder.resolve("elsewhere"));
            HttpResponse<String> ready = admin(server).get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"store\":false", "\"plain\":true", "\"status\":\"not ready\"");
            assertThat(admin(server).status("/health/live")).isEqualTo(200);
            Files.move(folder.resolve("elsewhere"), file);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (admin(server).status("/health/ready") != 200) {
                assertThat(System.nanoTime()).as("ready again").isLessThan(end);
            }
        }
    }

    @Test
    void onlyAKnownTokenWithThePrivilegeMayDoAnything() {
        String token = AdminToken.random();
        try (TestServer server = TestServer.start(
                ENABLED,
                "teahouse.admin.token = \"in plain text, long\"",
                "teahouse.admin.tokens = [ { name = deploy, token = \"" + HashedToken.hash(token)
                        + "\", privileges = [ reload ] }, { name = idle, token = \"the token of idle\", privileges = [] } ]")) {
            AdminClient admin = admin(server);
            HttpResponse<String> none = admin.send("POST", "/reload", "");
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
            assertThat(none.body()).startsWith("{\"error\":\"");
            assertThat(admin.send("POST", "/reload", "wrong").statusCode()).isEqualTo(401);
            assertThat(admin.send("POST", "/reload", HashedToken.hash(token)).statusCode())
                    .isEqualTo(401);
            HttpResponse<String> idle = admin.send("POST", "/reload", "the token of idle");
            assertThat(idle.statusCode()).isEqualTo(403);
            assertThat(idle.body()).contains("reload needs the privilege reload");
            assertThat(admin.send("POST", "/reload", token).body())
                    .contains("\"changed\":[]", "\"needRestart\":[]", "\"unknown\":[]");
            assertThat(admin.send("POST", "/reload", "in plain text, long").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void wrongTokensOfOneAddressAreThrottledAndRightOnesAreNot() {
        try (TestServer server = TestServer.start(
                ENABLED,
                "teahouse.admin { token = \"the right token here\", failures-burst = 3, failures-per-minute = 1 }")) {
            AdminClient admin = admin(server);
            for (int i = 0; i < 10; i++) {
                assertThat(admin.send("POST", "/reload", "the right token here").statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(admin.send("POST", "/reload", "wrong").statusCode()).isEqualTo(401);
            }
            HttpResponse<String> throttled = admin.send("POST", "/reload", "the right token here");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
            assertThat(admin.status("/health/live")).isEqualTo(200);
        }
    }

    @Test
    void unknownPathsAndWrongMethodsAreErrorsInJson() {
        try (TestServer server = TestServer.start(ENABLED, "teahouse.admin.token = \"the right token here\"")) {
            AdminClient admin = admin(server);
            HttpResponse<String> unknown = admin.get("/nothing");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).startsWith("{\"error\":");
            HttpResponse<String> get = admin.send("GET", "/reload", "the right token here");
            assertThat(get.statusCode()).isEqualTo(405);
            assertThat(get.headers().firstValue("Allow")).contains("POST");
            assertThat(admin.send("HEAD", "/health/live", "").body()).isEmpty();
            assertThat(admin.send("POST", "/health/live", "").headers().firstValue("Allow"))
                    .contains("GET, HEAD");
        }
    }

    @Test
    void withACertificateThePortSpeaksTls() throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "admin", "EC", "-1d");
        try (TestServer server = TestServer.start(
                        ENABLED,
                        "teahouse.admin.tls = on",
                        "teahouse.irc { tls-port = 0, tls-certificate = \"" + certificate.certificate
                                + "\", tls-key = \"" + certificate.key + "\" }");
                Peer probe = Peer.connect("probe", server.port("admin"), certificate.trusting())) {
            probe.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r");
            probe.until("HTTP/1.1 200 OK");
            probe.until("{\"status\":\"live\"}");
        }
    }

    @Test
    void aRequestThatTricklesInIsEnded() {
        try (TestServer server = TestServer.start(ENABLED);
                Peer slow = Peer.connect("slow", server.port("admin"))) {
            slow.send("GET /health/live HTTP/1.1\r\n".getBytes(US_ASCII));
            slow.patience(60_000);
            slow.drain();
            assertThat(admin(server).status("/health/live")).isEqualTo(200);
        }
    }

    @Test
    void oneAddressCannotHaveAllConnections() {
        try (TestServer server = TestServer.start(ENABLED)) {
            List<Peer> mine = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Peer peer = Peer.connect("many", "127.0.0.4", server.port("admin"), 0);
                mine.add(peer);
                peer.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
                peer.until("200 OK");
            }
            try (Peer refused = Peer.connect("one more", "127.0.0.4", server.port("admin"), 0)) {
                refused.drain();
            }
            assertThat(admin(server).status("/health/live")).isEqualTo(200);
            mine.forEach(Peer::close);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        try (TestServer server = TestServer.start(ENABLED, "teahouse.admin.token = \"the right token here\"")) {
            assertThat(admin(server)
                            .post("/v1/announce", "the right token here", "x".repeat(70_000))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void randomTokensDiffer() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(AdminToken.random());
        }
        assertThat(tokens).hasSize(100).allMatch(token -> token.length() == 43);
    }
}
