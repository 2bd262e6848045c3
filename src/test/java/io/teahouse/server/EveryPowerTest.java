package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.operator.Parameter;
import io.teahouse.operator.PowerSpec;
import io.teahouse.operator.Powers;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each power of the table by IRC and over HTTP; {@code PowerToolsTest} has the command line. Answers are what the OpenAPI document says. */
class EveryPowerTest {
    private static final String BOSS = "the token of boss";
    private static final String IDLE = "the token of idle";
    private static final String OTHER = "the token of other";
    private static final Map<String, String> SAMPLES = Map.of(
            "target",
            "192.0.2.9",
            "nick",
            "nobody",
            "state",
            "off",
            "text",
            "hello",
            "room",
            "#nowhere",
            "channel",
            "#nowhere",
            "account",
            "nobody");

    private static TestServer server;
    private static AdminClient admin;
    private static Map<String, Object> document;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "teahouse.admin { enabled = on, failures-burst = 1000, token = \"" + BOSS
                        + "\", tokens = [ { name = idle, token = \"" + IDLE
                        + "\", privileges = [] }, { name = other, token = \"" + OTHER + "\", privileges = [] } ] }",
                "teahouse.flood.enabled = off",
                "teahouse.irc.operators = [ { name = root, password = secret }, { name = idle, password = secret,"
                        + " privileges = [] } ]");
        admin = new AdminClient(server.port("admin"));
        HttpResponse<String> answer = admin.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        document = JsonValue.object(answer.body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<PowerSpec> all() {
        return Powers.all().stream();
    }

    private static Map<String, String> arguments(PowerSpec power) {
        Map<String, String> arguments = new LinkedHashMap<>();
        power.parameters().stream().filter(Parameter::isRequired).forEach(each -> {
            String other = each.kind() == Parameter.Kind.NUMBER
                    ? "1"
                    : each.kind() == Parameter.Kind.DURATION ? "1h" : "something";
            arguments.put(each.name(), SAMPLES.getOrDefault(each.name(), other));
        });
        return arguments;
    }

    private static HttpResponse<String> send(PowerSpec power, String token, Map<String, String> arguments) {
        if (power.reads()) {
            return admin.send(
                    "GET",
                    power.path()
                            + arguments.entrySet().stream()
                                    .map(each -> each.getKey() + "="
                                            + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                                    .collect(Collectors.joining("&", "?", "")),
                    token);
        }
        return admin.post(
                power.path(),
                token,
                arguments.entrySet().stream()
                        .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}")));
    }

    private static Map<String, Object> latestAudit() {
        HttpResponse<String> answer = admin.send("GET", "/v1/audit?limit=1", BOSS);
        List<?> rows = (List<?>) JsonValue.object(answer.body()).get("rows");
        return rows.isEmpty() ? Map.of() : JsonSchema.map(rows.get(0));
    }

    private static void fits(String method, String path, HttpResponse<String> answer) {
        Map<String, Object> operation = JsonSchema.map(
                JsonSchema.map(JsonSchema.map(document.get("paths")).get(path)).get(method));
        Object response = JsonSchema.map(operation.get("responses")).get(Integer.toString(answer.statusCode()));
        assertThat(response).as("a response for %s", answer.statusCode()).isNotNull();
        Map<String, Object> content = JsonSchema.map(JsonSchema.map(response).get("content"));
        if (content.containsKey("application/json")) {
            Object schema = JsonSchema.map(content.get("application/json")).get("schema");
            assertThat(JsonSchema.problems(document, schema, JsonValue.object(answer.body())))
                    .as(answer.body())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTokenUsesThePowerAndTheAnswerIsAsTheDocumentSays(PowerSpec power) {
        String method = power.reads() ? "get" : "post";
        HttpResponse<String> answer = send(power, BOSS, arguments(power));
        assertThat(answer.statusCode()).as(answer.body()).isNotIn(401, 403, 405, 500, 503);
        fits(method, power.path(), answer);
        if (!power.reads()) {
            assertThat(latestAudit()).containsEntry("power", power.name()).containsEntry("way", "api");
        }
        HttpResponse<String> unknown = send(power, BOSS, Map.of("nonsense", "1"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        fits(method, power.path(), unknown);
        HttpResponse<String> refused = send(power, IDLE, arguments(power));
        assertThat(refused.statusCode()).isEqualTo(403);
        fits(method, power.path(), refused);
        assertThat(latestAudit()).containsEntry("power", power.name()).containsEntry("who", "idle from 127.0.0.1");
        HttpResponse<String> stranger = send(power, "the token of nobody", arguments(power));
        assertThat(stranger.statusCode()).isEqualTo(401);
        fits(method, power.path(), stranger);
    }

    @ParameterizedTest
    @MethodSource("all")
    void anOperatorOfIrcUsesThePowerAndOneWithoutThePrivilegeDoesNot(PowerSpec power) {
        String line = power.name().toUpperCase(Locale.ROOT) + " "
                + arguments(power).values().stream().collect(Collectors.joining(" "));
        try (Peer ann = Peer.irc("ann", server.port("irc"));
                Peer bob = Peer.irc("bob", server.port("irc"))) {
            ann.say("OPER root secret");
            ann.until(" 381 ann ");
            ann.say(line);
            ann.say("PING done");
            assertThat(ann.untilAll("PONG"))
                    .noneMatch(each -> each.contains(" 723 ") || each.contains(" 421 ") || each.contains("FORBIDDEN"))
                    .hasSizeGreaterThan(1);
            if (!power.reads()) {
                assertThat(latestAudit()).containsEntry("power", power.name()).containsEntry("way", "irc");
            }
            bob.say("OPER idle secret");
            bob.until(" 381 bob ");
            bob.say(line);
            bob.until(" 723 bob " + power.privilege().text() + " :");
            assertThat(latestAudit())
                    .containsEntry("power", power.name())
                    .hasEntrySatisfying("who", who -> assertThat(who.toString()).startsWith("idle (bob!"));
        }
    }

    @Test
    void theSettingsInEffectAreShownWithoutSecretsAndOnlyIfTheyHaveChanged() {
        HttpResponse<String> answer = admin.send("GET", "/v1/settings?limit=1000", BOSS);
        assertThat(answer.body())
                .contains("{\"name\":\"teahouse.flood.enabled\",\"value\":\"\\\"off\\\"\"}")
                .contains("\"teahouse.irc.operators\"", "root")
                .doesNotContain("secret\\\"", BOSS, IDLE);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = admin.getUnless("/v1/settings?limit=1000", BOSS, "W/\"other\", " + tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        assertThat(admin.getUnless("/v1/settings?limit=1000", OTHER, tag).statusCode())
                .isEqualTo(403);
        server.changeSettings("teahouse.irc.motd = \"Open again.\"");
        admin.send("POST", "/reload", BOSS);
        HttpResponse<String> changed = admin.getUnless("/v1/settings?limit=1000", BOSS, tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("Open again.");
    }

    @Test
    void theOtherPathsAreAsTheDocumentSays() {
        assertThat(document).containsEntry("openapi", "3.1.0").containsKeys("info", "paths", "components");
        for (String path : List.of("/health/live", "/health/ready", "/openapi.json")) {
            fits("get", path, admin.get(path));
        }
        fits("get", "/metrics", admin.send("GET", "/metrics", BOSS));
        fits("get", "/metrics", admin.send("GET", "/metrics", IDLE));
        fits("post", "/reload", admin.send("POST", "/reload", BOSS));
        fits("post", "/reload", admin.send("POST", "/reload", OTHER));
        assertThat(JsonSchema.map(document.get("paths")))
                .containsKeys(Powers.all().stream().map(PowerSpec::path).toArray(String[]::new));
    }

    @Test
    void theCheckOfSchemasFindsWhatDoesNotFit() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("n", Map.of("type", "integer"), "t", Map.of("type", "string", "format", "date-time")),
                "required",
                List.of("n"),
                "additionalProperties",
                false);
        assertThat(JsonSchema.problems(document, schema, Map.of("n", 1L, "t", "2026-01-01T00:00:00Z")))
                .isEmpty();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(), Map.of("n", "1"), Map.of("n", 1L, "x", 1L), Map.of("n", 1L, "t", "noon"))) {
            assertThat(JsonSchema.problems(document, schema, wrong)).isNotEmpty();
        }
    }
}
