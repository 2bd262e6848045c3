package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that users upload at the web door, by HTTP. */
class UploadsTest {
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestServer start(String... settings) {
        Stream<String> all = Stream.concat(
                Stream.of(
                        "teahouse.accounts.scram-iterations = 4096",
                        "teahouse.web.uploads.enabled = on",
                        "teahouse.web.uploads.path = \"" + folder.resolve("data/uploads") + "\""),
                Arrays.stream(settings));
        return TestServer.start(all.toArray(String[]::new));
    }

    /** Registers an account; returns a token for it. */
    private static String register(TestServer server, String name) {
        try (Peer peer = registered(server, name)) {
            peer.say("DEVICES TOKEN");
            return peer.until("TOKEN_CREATED").split(" ", -1)[5];
        }
    }

    private static Peer registered(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :standard-replies\r\nNICK " + name);
        peer.say("REGISTER * * :sesame");
        peer.until("REGISTER SUCCESS");
        return peer;
    }

    private HttpResponse<byte[]> send(TestServer server, String path, HttpRequest.Builder request) throws Exception {
        request.uri(URI.create("http://127.0.0.1:" + server.port("web") + path));
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> upload(TestServer server, String credentials, String type, BodyPublisher body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().header("Content-Type", type).POST(body);
        if (!credentials.isEmpty()) {
            request.header("Authorization", credentials);
        }
        return send(server, "/upload", request);
    }

    private HttpResponse<byte[]> upload(TestServer server, String token, String type, byte[] content) throws Exception {
        return upload(server, "Bearer " + token, type, BodyPublishers.ofByteArray(content));
    }

    private static String location(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(201);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("data/uploads"))) {
            return all.toList();
        }
    }

    @Test
    void aFolderThatCouldNotBeOpenedIsTriedAgain() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("data"));
        try (TestServer server = start()) {
            String token = register(server, "ann");
            assertThat(upload(server, token, "image/png", PNG).statusCode()).isEqualTo(503);
            Files.delete(inTheWay);
            HttpResponse<byte[]> answer = upload(server, token, "image/png", PNG);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
                answer = upload(server, token, "image/png", PNG);
            }
            location(answer);
        }
    }

    @Test
    void whoIsBannedUploadsNothing() throws Exception {
        String admin = "the token of boss";
        try (TestServer server = start("teahouse.admin { enabled = on, token = \"" + admin + "\" }")) {
            String token = register(server, "ann");
            AdminClient boss = new AdminClient(server.port("admin"));
            boss.post("/v1/ban", admin, "{\"target\":\"account:Ann\",\"reason\":\"spam\"}");
            HttpResponse<byte[]> refused = upload(server, token, "image/png", PNG);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(new String(refused.body(), UTF_8)).contains("you are banned from this server", "spam");
            boss.post("/v1/unban", admin, "{\"target\":\"account:ann\"}");
            location(upload(server, token, "image/png", PNG));
        }
    }

    @Test
    void aPictureIsServedToEverybodyAndRunsNothing() throws Exception {
        try (TestServer server = start()) {
            String where = location(upload(server, register(server, "ann"), "image/png", PNG));
            assertThat(where).matches("/files/[0-9a-f]{32}\\.png");
            HttpResponse<byte[]> got = send(server, where, HttpRequest.newBuilder());
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo(PNG);
            assertThat(got.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("inline; filename=");
            assertThat(got.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "sandbox");
            HttpResponse<byte[]> head =
                    send(server, where, HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(send(server, "/files/x.png", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(404);
            assertThat(send(server, "/files/..%2Fx", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void onlyUsersWithAnAccountUpload() throws Exception {
        try (TestServer server = start()) {
            register(server, "ann");
            for (String wrong : List.of("", "Bearer x", "Basic x", "Basic " + base64("ann:wrong"), "Digest x")) {
                HttpResponse<byte[]> answer = upload(server, wrong, "image/png", BodyPublishers.ofByteArray(PNG));
                assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            }
            assertThat(files()).isEmpty();
            location(upload(server, "Basic " + base64("ann:sesame"), "image/png", BodyPublishers.ofByteArray(PNG)));
        }
    }

    @Test
    void aClientWithoutATokenOfItsOwnGetsOneForASingleUpload() throws Exception {
        try (TestServer server = start("teahouse.accounts.tokens.per-account = 0")) {
            try (Peer ann = registered(server, "ann")) {
                ann.say("DEVICES UPLOAD");
                String token = ann.until("UPLOAD_TOKEN").split(" ", -1)[4];
                location(upload(server, token, "image/png", PNG));
                assertThat(upload(server, token, "image/png", PNG).statusCode())
                        .as("again")
                        .isEqualTo(401);
                ann.say("DEVICES UPLOAD");
                String late = ann.until("UPLOAD_TOKEN").split(" ", -1)[4];
                ann.say("CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE " + base64("\0ann\0" + late));
                ann.until(" 904 ");
                ann.say("DEVICES UPLOAD");
                String early = ann.until("UPLOAD_TOKEN").split(" ", -1)[4];
                ann.say("PASSWD sesame another1");
                ann.until("password");
                assertThat(upload(server, early, "image/png", PNG).statusCode())
                        .as("after a change of the password")
                        .isEqualTo(401);
                ann.say("CAP END\r\nUSER u 0 * :Ann");
                ann.until(" 376 ");
                ann.say("DEVICES\r\nPING done");
                assertThat(ann.untilAll(" PONG "))
                        .noneMatch(line -> line.contains("DEVICES TOKEN"))
                        .anyMatch(line -> line.contains("DEVICES CONNECTION"));
            }
        }
    }

    @Test
    void aResetCodeIsNotUsedUpByAnUpload() throws Exception {
        try (TestServer server = start("teahouse.irc.operators = [ { name = root, password = secret } ]")) {
            register(server, "ann");
            String code;
            try (Peer root = Peer.irc("amy", server.port("irc"))) {
                root.say("OPER root secret\r\nRESETPASSWORD ann");
                Matcher found = Pattern.compile("[a-z2-9]{5}(-[a-z2-9]{5}){3}").matcher(root.until("code="));
                assertThat(found.find()).isTrue();
                code = found.group();
            }
            HttpResponse<byte[]> answer =
                    upload(server, "Basic " + base64("ann:" + code), "image/png", BodyPublishers.ofByteArray(PNG));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(new String(answer.body(), UTF_8)).contains("set a new password first");
            try (Peer ann = Peer.connect("ann", server.port("irc"))) {
                ann.say("CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE " + base64("\0ann\0" + code));
                ann.until(" 903 ");
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void whatIsNotWhatItClaimsToBeIsRefused() throws Exception {
        byte[] page = "<script>alert(1)</script>".getBytes(UTF_8);
        try (TestServer server =
                start("teahouse.web.uploads.types = [ \"image/png\", \"image/jpeg\", \"text/html\" ]")) {
            String token = register(server, "ann");
            assertThat(upload(server, token, "image/png", page).statusCode()).isEqualTo(415);
            assertThat(upload(server, token, "image/jpeg", PNG).statusCode()).isEqualTo(415);
            assertThat(upload(server, token, "text/html", PNG).statusCode()).isEqualTo(415);
            assertThat(upload(server, token, "image/png", new byte[0]).statusCode())
                    .isEqualTo(415);
            assertThat(upload(server, token, "image/svg+xml", page).statusCode())
                    .isEqualTo(415);
            assertThat(files()).isEmpty();
            String where = location(upload(server, token, "text/html", page));
            HttpResponse<byte[]> got = send(server, where, HttpRequest.newBuilder());
            assertThat(got.headers().firstValue("Content-Type")).contains("application/octet-stream");
            assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment");
        }
    }

    @Test
    void aFileAndAnAccountAndAllTogetherHaveLimits() throws Exception {
        byte[] large = Arrays.copyOf(PNG, 5000);
        try (TestServer server =
                start("teahouse.web.uploads { max-bytes = 6000, account-bytes = 12000, total-bytes = 20000 }")) {
            String ann = register(server, "ann");
            String bob = register(server, "bob");
            assertThat(upload(server, ann, "image/png", Arrays.copyOf(PNG, 6001))
                            .statusCode())
                    .isEqualTo(413);
            BodyPublisher endless = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[100_000]));
            assertThat(upload(server, "Bearer " + ann, "image/png", endless).statusCode())
                    .as("without a length")
                    .isEqualTo(413);
            location(upload(server, ann, "image/png", large));
            location(upload(server, ann, "image/png", large));
            assertThat(upload(server, ann, "image/png", large).statusCode()).isEqualTo(507);
            location(upload(server, bob, "image/png", large));
            location(upload(server, bob, "image/png", PNG));
            assertThat(upload(server, bob, "image/png", PNG).statusCode())
                    .as("all together")
                    .isEqualTo(507);
            assertThat(files()).hasSize(4);
        }
    }

    @Test
    void filesOutliveTheServerUntilTheyExpire() throws Exception {
        String where;
        try (TestServer server = start()) {
            where = location(upload(server, register(server, "ann"), "image/png", PNG));
        }
        Files.write(folder.resolve("data/uploads/unfinished.part"), PNG);
        try (TestServer server = start()) {
            assertThat(send(server, where, HttpRequest.newBuilder()).body()).isEqualTo(PNG);
            assertThat(files()).hasSize(1);
        }
        try (TestServer server = start("teahouse.web.uploads.expiry = 1 ms")) {
            assertThat(send(server, where, HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(404);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void clientsAreToldWhereAndPagesOfOtherSitesMayAsk() throws Exception {
        try (TestServer server = start(
                "teahouse.web.uploads.url = \"https://chat.example.org\"",
                "teahouse.web.origins = [ \"https://web.example.org\" ]")) {
            String token = register(server, "ann");
            try (Peer peer = Peer.connect("bob", server.port("irc"))) {
                peer.say("NICK bob\r\nUSER bob 0 * :Bob");
                assertThat(peer.until("draft/FILEHOST="))
                        .contains(
                                "draft/FILEHOST=https://chat.example.org/upload",
                                "soju.im/FILEHOST=https://chat.example.org/upload");
            }
            assertThat(location(upload(server, token, "image/png", PNG))).startsWith("https://chat.example.org/files/");
            HttpResponse<byte[]> asked = send(
                    server,
                    "/upload",
                    HttpRequest.newBuilder()
                            .header("Origin", "https://web.example.org")
                            .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(asked.headers().firstValue("Accept-Post").orElse("")).contains("image/png");
            assertThat(asked.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://web.example.org");
            HttpResponse<byte[]> other = send(
                    server,
                    "/upload",
                    HttpRequest.newBuilder()
                            .header("Origin", "https://evil.example.org")
                            .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(other.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void byDefaultNothingIsUploaded() throws Exception {
        try (TestServer server = TestServer.start()) {
            HttpResponse<byte[]> refused = upload(server, "x", "image/png", PNG);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(new String(refused.body(), UTF_8)).contains("teahouse.web.uploads.enabled");
            assertThat(send(server, "/files/x.png", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(404);
        }
    }
}
