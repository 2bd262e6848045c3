package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.account.HashedToken;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that post to webhooks over HTTP, and ann, who is in the room. */
class IncomingHooksTest {
    private static final String[] JSON = {"Content-Type", "application/json"};

    private static final String ENABLED = "teahouse.admin.enabled = on";
    private static final String HOOK = "teahouse.webhooks.incoming = [ { id = ci, name = builder, token = \""
            + HashedToken.hash("secret") + "\", room = lobby } ]";

    private static TestServer start(String... more) {
        List<String> settings = new ArrayList<>(List.of(ENABLED, HOOK));
        settings.addAll(List.of(more));
        return TestServer.start(settings.toArray(String[]::new));
    }

    private static HookPoster poster(TestServer server) {
        return new HookPoster(server.port("admin"), "ci", "secret");
    }

    private static Peer ann(TestServer server) {
        Peer ann = Peer.connect("ann", server.port("irc"));
        ann.say("NICK ann\r\nUSER u 0 * :Ann\r\nJOIN #lobby");
        ann.until(" 366 ");
        return ann;
    }

    @Test
    void textIsShownInTheRoomWhenTheAnswerComes() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            HttpResponse<String> answer =
                    poster(server).post("it builds: 你好\n", "Content-Type", "text/plain; charset=utf-8");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"id\":\"").contains("\"repeated\":false,\"time\":\"20");
            assertThat(ann.until("PRIVMSG")).isEqualTo(":builder!hook@local PRIVMSG #lobby :it builds: 你好");
            assertThat(poster(server).post("no type").statusCode()).isEqualTo(200);
            assertThat(ann.until("PRIVMSG")).endsWith(" :no type");
        }
    }

    @Test
    void jsonIsReadAsOtherServicesHaveIt() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            HookPoster poster = poster(server);
            poster.post(
                    "{\"text\": \"slack\", \"channel\": \"#other\", \"blocks\": [{\"text\": {\"text\": \"no\"}}]}",
                    JSON);
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :slack");
            poster.post("{\"content\": \"discord\", \"tts\": false, \"embeds\": [{\"title\": \"no\"}]}", JSON);
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :discord");
            poster.post(
                    "{\"attachments\": [{\"fallback\": \"disk full\", \"fields\": [{\"title\": \"no\"}]},"
                            + " {\"title\": \"host\", \"text\": \"db1\"}]}",
                    JSON);
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :disk full");
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :host");
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :db1");
            poster.post("payload=%7B%22text%22%3A%22a+form%22%7D", "Content-Type", "application/x-www-form-urlencoded");
            assertThat(ann.until("PRIVMSG")).endsWith("#lobby :a form");
        }
    }

    @Test
    void aNameInTheBodyIsTextAndNotTheSender() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            poster(server).post("{\"text\": \"hi\", \"username\": \"ann\\r\\nQUIT\\u202e\"}", JSON);
            assertThat(ann.until("PRIVMSG")).isEqualTo(":builder!hook@local PRIVMSG #lobby :[annQUIT] hi");
        }
    }

    @Test
    void nobodyElseCanTakeTheNameOfAHook() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            ann.say("NICK Builder");
            ann.until(" 43");
        }
    }

    @Test
    void severalLinesAreOneMessage() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            poster(server).post("one\r\n\r\ntwo\n\n");
            assertThat(ann.until("PRIVMSG")).endsWith(" :one");
            assertThat(ann.until("PRIVMSG")).endsWith(" :two");
            ann.say("PRIVMSG #lobby :?\r\nCAP REQ :draft/chathistory batch\r\nCHATHISTORY LATEST #lobby * 10");
            assertThat(ann.untilAll(" BATCH -"))
                    .filteredOn(line -> line.contains("one") || line.contains("two"))
                    .hasSize(2);
        }
    }

    @Test
    void aRequestThatIsRepeatedIsShownOnceAndGetsTheSameId() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            HookPoster poster = poster(server);
            HttpResponse<String> first = poster.post("once", "Idempotency-Key", "build-7");
            HttpResponse<String> again = poster.post("once", "Idempotency-Key", "build-7");
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(HookPoster.id(again)).isEqualTo(HookPoster.id(first));
            assertThat(again.body()).contains("\"repeated\":true");
            poster.post("then", "Idempotency-Key", "build-8");
            assertThat(ann.until("PRIVMSG")).endsWith(" :once");
            assertThat(ann.until("PRIVMSG")).endsWith(" :then");
            assertThat(poster.post("x", "Idempotency-Key", "k".repeat(129)).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotShownAndCanBeSentAgain() {
        FaultyLogs logs = new FaultyLogs();
        try (TestServer server = TestServer.start(logs, ENABLED, HOOK);
                Peer ann = ann(server)) {
            HookPoster poster = poster(server);
            assertThat(poster.post("first").statusCode()).isEqualTo(200);
            logs.have(FaultyLogs.Fault.NOT_STORED);
            HttpResponse<String> refused = poster.post("second", "Idempotency-Key", "2");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("nobody has seen it");
            assertThat(poster.post("second", "Idempotency-Key", "2").body()).contains("\"repeated\":false");
            logs.have(FaultyLogs.Fault.STORED_WITHOUT_ANSWER);
            assertThat(poster.post("third", "Idempotency-Key", "3").statusCode())
                    .isEqualTo(200);
            for (String text : List.of("first", "second", "third")) {
                assertThat(ann.until("PRIVMSG")).endsWith(" :" + text);
            }
        }
    }

    @Test
    void withoutTheTokenOfTheHookNothingIsSaid() {
        try (TestServer server = start();
                Peer ann = ann(server)) {
            int port = server.port("admin");
            HttpResponse<String> wrong = new HookPoster(port, "ci", "wrong").post("no");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.headers().firstValue("WWW-Authenticate")).isPresent();
            HttpResponse<String> unknown = new HookPoster(port, "other", "secret").post("no");
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.body()).isEqualTo(wrong.body());
            assertThat(new HookPoster(port, "ci", "").post("no").statusCode()).isEqualTo(401);
            assertThat(new HookPoster(port, "ci", HashedToken.hash("secret"))
                            .post("no")
                            .statusCode())
                    .isEqualTo(401);
            poster(server).post("yes");
            assertThat(ann.until("PRIVMSG")).endsWith(" :yes");
        }
    }

    @Test
    void wrongTokensOfOneAddressAreThrottled() {
        try (TestServer server = start("teahouse.admin { failures-burst = 2, failures-per-minute = 1 }")) {
            HookPoster guesser = new HookPoster(server.port("admin"), "ci", "wrong");
            assertThat(guesser.post("no").statusCode()).isEqualTo(401);
            assertThat(guesser.post("no").statusCode()).isEqualTo(401);
            assertThat(guesser.post("no").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void behindATrustedProxyWrongTokensCountForItsClient() {
        try (TestServer server = start(
                "teahouse.admin { failures-burst = 1, failures-per-minute = 1 }",
                "teahouse.proxies.trusted = [ \"127.0.0.1\" ]")) {
            HookPoster guesser = new HookPoster(server.port("admin"), "ci", "wrong");
            String[] first = {"X-Forwarded-For", "198.51.100.1"};
            assertThat(guesser.post("no", first).statusCode()).isEqualTo(401);
            assertThat(guesser.post("no", first).statusCode()).isEqualTo(429);
            assertThat(poster(server)
                            .post("yes", "X-Forwarded-For", "203.0.113.9, 198.51.100.2")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(guesser.post("no", "X-Forwarded-For", "203.0.113.9, 198.51.100.1")
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void aStrangerCannotBlameAnotherAddress() {
        try (TestServer server = start("teahouse.admin { failures-burst = 1, failures-per-minute = 1 }")) {
            HookPoster guesser = new HookPoster(server.port("admin"), "ci", "wrong");
            assertThat(guesser.post("no", "X-Forwarded-For", "198.51.100.1").statusCode())
                    .isEqualTo(401);
            assertThat(guesser.post("no", "X-Forwarded-For", "198.51.100.2").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void whatCannotBeSaidIsAnErrorThatSaysWhy() {
        try (TestServer server = start()) {
            HookPoster poster = poster(server);
            assertThat(poster.post("x".repeat(70_000)).statusCode()).isEqualTo(413);
            HttpResponse<String> tooLong = poster.post("x".repeat(60_000));
            assertThat(tooLong.statusCode()).isEqualTo(422);
            assertThat(tooLong.body()).contains("that is too long");
            assertThat(poster.post(" \n").statusCode()).isEqualTo(422);
            assertThat(poster.post("{\"text\": 1}", JSON).statusCode()).isEqualTo(422);
            assertThat(poster.post("{\"text\": ", JSON).statusCode()).isEqualTo(400);
            assertThat(poster.post("[]", JSON).statusCode()).isEqualTo(400);
            assertThat(poster.post("{} {}", JSON).statusCode()).isEqualTo(400);
            HttpResponse<String> form = poster.post("hi", "Content-Type", "application/x-www-form-urlencoded");
            assertThat(form.statusCode()).isEqualTo(415);
            assertThat(form.body()).contains("Content-Type: text/plain");
            assertThat(new AdminClient(server.port("admin")).status("/hooks/ci"))
                    .isEqualTo(405);
        }
    }

    @Test
    void theRoomDecidesWhetherTheHookMaySpeak() {
        try (TestServer server = start("teahouse.rooms.modes = \"nm\"")) {
            HttpResponse<String> answer = poster(server).post("hi");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("only who has voice may speak in lobby");
        }
    }

    @Test
    void aHookThatSendsTooMuchIsToldWhenToComeBack() {
        try (TestServer server = start("teahouse.webhooks { rate-burst = 2, rate-per-minute = 1 }")) {
            HookPoster poster = poster(server);
            assertThat(poster.post("1").statusCode()).isEqualTo(200);
            assertThat(poster.post("2").statusCode()).isEqualTo(200);
            HttpResponse<String> third = poster.post("3");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
        }
    }

    @Test
    void theExamplesOfTheDocumentationWork() throws Exception {
        Tools.require("curl", "bash");
        try (TestServer server = start();
                Peer ann = ann(server)) {
            List<String> examples = Files.readAllLines(Path.of("doc", "webhooks.md")).stream()
                    .filter(line -> line.startsWith("curl "))
                    .toList();
            assertThat(examples).hasSize(3);
            for (String example : examples) {
                ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-c", example.replace(":8081/", ":" + server.port("admin") + "/") + " -s -f");
                shell.environment().put("TOKEN", "secret");
                shell.redirectError(ProcessBuilder.Redirect.INHERIT);
                Process curl = shell.start();
                assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8))
                        .contains("\"id\":\"");
                assertThat(curl.waitFor()).isZero();
            }
            for (String text : List.of("It builds.", "Deployed.", "Build 4711 is done.")) {
                assertThat(ann.until("PRIVMSG")).endsWith(" :" + text);
            }
        }
    }

    @Test
    void whatHooksDoIsCounted() {
        try (TestServer server = start("teahouse.admin.token = \"the right token here\"")) {
            poster(server).post("hi");
            poster(server).post("");
            assertThat(new AdminClient(server.port("admin"))
                            .send("GET", "/metrics", "the right token here")
                            .body())
                    .contains(
                            "teahouse_webhooks_received_total{outcome=\"accepted\"} 1.0",
                            "teahouse_webhooks_received_total{outcome=\"refused\"} 1.0",
                            "teahouse_webhooks_waiting 0.0");
        }
    }
}
