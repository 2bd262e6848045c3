package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.teahouse.TestServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads a server under load; its own tool checks the metrics, the alert rules and their tests. */
class PrometheusTest {
    private static final Path FILES = Path.of("doc", "monitoring");
    private static final String TOKEN = "a token for Prometheus";
    private static final Pattern ADDRESS = Pattern.compile("msg=\"Listening on\" address=\\S+:(\\d+)");
    private static final int STARTING = 503;
    private static final int MEMBERS = 5;
    private static final int MESSAGES = 200;
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @BeforeEach
    void itIsInstalled() {
        Tools.require("prometheus", "promtool");
    }

    @Test
    void theAlertRulesAreValidAndFireWhenTheyShould() throws IOException, InterruptedException {
        promtool(Redirect.NOTHING, "check", "rules", "alerts.yml");
        promtool(Redirect.NOTHING, "test", "rules", "alerts_test.yml");
    }

    @Test
    void everyRuleHasATestInWhichItFires() throws IOException {
        String tests = Files.readString(FILES.resolve("alerts_test.yml"));
        Matcher rule = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(FILES.resolve("alerts.yml")));
        while (rule.find()) {
            assertThat(tests).contains("        alertname: " + rule.group(1) + "\n");
        }
    }

    @Test
    void theMetricsAreNamedAsPrometheusWants() throws IOException, InterruptedException {
        try (TestServer server = start()) {
            Path metrics = folder.resolve("metrics.txt");
            Files.writeString(metrics, scrape(server));
            promtool(new Redirect(metrics), "check", "metrics");
        }
    }

    @Test
    void aServerUnderLoadIsReadAndEveryQueryOfTheDashboardReturnsData() throws IOException, InterruptedException {
        try (TestServer server = start()) {
            Process prometheus = prometheus(server.port("admin"));
            try {
                int port = port();
                awaitValue(port, "up", 1);
                talk(server);
                awaitValue(port, "sum(teahouse_messages_accepted_total)", MEMBERS * MESSAGES);
                awaitValue(port, "sum(teahouse_receipt_latency_seconds_count)", MEMBERS * MESSAGES);
                await(
                        "deliveries",
                        () -> value(port, "sum(teahouse_deliveries_total)") >= MEMBERS * MEMBERS * MESSAGES);
                assertThat(value(port, "sum(teahouse_connections_opened_total)"))
                        .isEqualTo(MEMBERS);
                ManagementFactory.getMemoryMXBean().gc(); // its pauses are there after the first one
                for (String query : dashboard()) {
                    awaitData(port, query.replace("$__rate_interval", "30s"));
                }
            } finally {
                prometheus.destroy();
                assertThat(prometheus.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private TestServer start() {
        return TestServer.start(
                "teahouse.admin { enabled = on, token = \"" + TOKEN + "\" }",
                "teahouse.flood.enabled = off",
                "teahouse.store { kind = sqlite, path = \"" + folder.resolve("chat.db") + "\" }");
    }

    private static String scrape(TestServer server) {
        return new AdminClient(server.port("admin"))
                .send("GET", "/metrics", TOKEN)
                .body();
    }

    /** Everybody says as much as they can, and hears all the others. */
    private static void talk(TestServer server) {
        List<Peer> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(Peer.enter("member" + i, server.port()));
        }
        for (int i = 0; i < MEMBERS; i++) {
            StringBuilder lines = new StringBuilder();
            for (int n = 1; n <= MESSAGES; n++) {
                lines.append(n == 1 ? "" : "\n").append("message ").append(n);
            }
            members.get(i).say(lines.toString());
        }
        for (Peer member : members) {
            for (int heard = 0; heard < MEMBERS * MESSAGES; heard += 1) {
                member.until(": message ");
            }
            member.say("/search message");
            member.until("message");
        }
        members.forEach(Peer::close);
    }

    private Process prometheus(int admin) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Path settings = Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: [ "%s" ]
                scrape_configs:
                  - job_name: teahouse
                    authorization: { credentials_file: "%s" }
                    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
                """.formatted(
                        FILES.resolve("alerts.yml").toAbsolutePath(), token, admin));
        return new ProcessBuilder(
                        Tools.find("prometheus"),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("series"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Waits until Prometheus listens. */
    private int port() throws IOException, InterruptedException {
        Path log = folder.resolve("prometheus.log");
        await("Prometheus listens", () -> ADDRESS.matcher(Files.readString(log)).find());
        Matcher address = ADDRESS.matcher(Files.readString(log));
        assertThat(address.find()).isTrue();
        return Integer.parseInt(address.group(1));
    }

    private static List<String> dashboard() throws IOException {
        List<String> queries = new ArrayList<>();
        JsonNode dashboard = JSON.readTree(Files.readString(FILES.resolve("dashboard.json")));
        dashboard
                .get("panels")
                .forEach(panel -> panel.get("targets")
                        .forEach(target -> queries.add(target.get("expr").asText())));
        assertThat(queries).hasSizeGreaterThan(30);
        return queries;
    }

    private static void awaitValue(int port, String query, double value) throws IOException, InterruptedException {
        await(query, () -> {
            JsonNode found = query(port, query);
            return !found.isEmpty() && found.get(0).get("value").get(1).asDouble() == value;
        });
    }

    private static void awaitData(int port, String query) throws IOException, InterruptedException {
        await(query, () -> !query(port, query).isEmpty());
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Asks until Prometheus has read the server again. */
    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static double value(int port, String query) throws IOException, InterruptedException {
        return query(port, query).get(0).get("value").get(1).asDouble();
    }

    private static JsonNode query(int port, String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8)))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == STARTING) {
            return JSON.createArrayNode();
        }
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.get("status").asText()).as(query).isEqualTo("success");
        return answer.get("data").get("result");
    }

    /** @param input empty: none */
    private record Redirect(Path input) {
        private static final Redirect NOTHING = new Redirect(Path.of("/dev/null"));
    }

    private static void promtool(Redirect from, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Tools.find("promtool")));
        command.addAll(List.of(arguments));
        Process tool = new ProcessBuilder(command)
                .directory(FILES.toFile())
                .redirectInput(from.input.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor()).as(output).isZero();
    }
}
