package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.client.Metrics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a whole server, over real HTTP. */
class MetricsTest {
    private static final int MESSAGES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestServer start(String... more) {
        String[] settings = new String[more.length + 2];
        settings[0] = "teahouse.admin { enabled = on, token = \"the right token here\" }";
        settings[1] = "teahouse.flood.enabled = off";
        System.arraycopy(more, 0, settings, 2, more.length);
        return TestServer.start(settings);
    }

    private static String scrape(TestServer server) {
        HttpResponse<String> response =
                new AdminClient(server.port("admin")).send("GET", "/metrics", "the right token here");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        return response.body();
    }

    /** The values by their name with labels, as they are in the text. */
    private static Map<String, Double> values(TestServer server) {
        Map<String, Double> values = new HashMap<>();
        scrape(server).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.lastIndexOf(' ');
            assertThat(values.put(line.substring(0, end), Double.valueOf(line.substring(end + 1))))
                    .as("%s is there once", line)
                    .isNull();
        });
        return values;
    }

    @Test
    void countsEqualWhatWasDone() {
        try (TestServer server = start();
                Peer ann = Peer.enter("ann", server.port());
                Peer bob = Peer.enter("bob", server.port())) {
            ann.expect("bob has joined the chat");
            Map<String, Double> before = values(server);
            for (int i = 0; i < MESSAGES; i++) {
                ann.say("m" + i);
            }
            ann.until("ann: m" + (MESSAGES - 1));
            bob.until("ann: m" + (MESSAGES - 1));
            Map<String, Double> after = values(server);
            assertThat(before).containsEntry("teahouse_messages_accepted_total", 0.0);
            assertThat(after)
                    .containsEntry("teahouse_messages_accepted_total", (double) MESSAGES)
                    .containsEntry("teahouse_receipt_latency_seconds_count", (double) MESSAGES)
                    .containsEntry("teahouse_receipt_latency_seconds_bucket{le=\"+Inf\"}", (double) MESSAGES)
                    .containsEntry("teahouse_deliveries_total", before.get("teahouse_deliveries_total") + 2 * MESSAGES)
                    .containsKey("teahouse_thread_cpu_seconds_total{thread=\"default-dispatcher\"}")
                    .containsEntry("teahouse_connections{door=\"plain\"}", 2.0)
                    .containsEntry("teahouse_connections_opened_total{door=\"plain\"}", 2.0)
                    .containsEntry("teahouse_users", 2.0)
                    .containsEntry("teahouse_rooms", 1.0)
                    .containsEntry("teahouse_members", 2.0)
                    .containsKeys("process_files_open_files", "jvm_threads_live_threads", "process_uptime_seconds");
            assertThat(after.get("teahouse_receipt_latency_seconds_sum")).isPositive();
            assertThat(after.get("teahouse_fan_out_latency_seconds_count"))
                    .isBetween(1.0, after.get("teahouse_deliveries_total") / Metrics.SAMPLE + 1);
        }
    }

    @Test
    void loginsReloadsAndTheStoreAreCounted(@TempDir Path folder) {
        try (TestServer server =
                        start("teahouse.store { kind = sqlite, path = \"" + folder.resolve("chat.db") + "\" }");
                Peer ann = Peer.enter("ann", server.port())) {
            ann.say("/login nobody wrong-password");
            ann.until("there is no such account");
            ann.say("hello");
            ann.until("ann: hello");
            ann.say("/search hello");
            ann.until("hello");
            assertThat(new AdminClient(server.port("admin"))
                            .send("POST", "/reload", "the right token here")
                            .statusCode())
                    .isEqualTo(200);
            Map<String, Double> values = awaitStoreCounts(server);
            assertThat(values)
                    .containsEntry("teahouse_logins_total{outcome=\"wrong\"}", 1.0)
                    .containsEntry("teahouse_logins_total{outcome=\"success\"}", 0.0)
                    .containsEntry("teahouse_reloads_total{outcome=\"success\"}", 1.0)
                    .containsEntry("teahouse_reloads_total{outcome=\"failure\"}", 0.0)
                    .containsKey("teahouse_store_unindexed_messages")
                    .containsKey("teahouse_store_read_seconds_count{kind=\"history\"}")
                    .containsEntry("teahouse_store_away", 0.0);
            assertThat(values.get("teahouse_store_read_seconds_count{kind=\"search\"}"))
                    .isPositive();
            assertThat(values.get("teahouse_store_writes_total")).isPositive();
            assertThat(values.get("teahouse_store_batch_seconds_count")).isPositive();
        }
    }

    /** The store counts a moment after it has answered. */
    private static Map<String, Double> awaitStoreCounts(TestServer server) {
        List<String> counts = List.of(
                "teahouse_store_read_seconds_count{kind=\"search\"}",
                "teahouse_store_writes_total",
                "teahouse_store_batch_seconds_count");
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Double> values = values(server);
        while (counts.stream().mapToDouble(values::get).min().orElseThrow() == 0 && System.nanoTime() < end) {
            values = values(server);
        }
        return values;
    }

    /** Prometheus' naming: each metric has a help text and a type, and counters end in _total. */
    @Test
    void allMetricsAreDescribedAndNamedAsPrometheusWants() {
        try (TestServer server = start()) {
            Set<String> helped = new HashSet<>();
            Map<String, String> types = new HashMap<>();
            for (String line : scrape(server).lines().toList()) {
                String[] words = line.split(" ", 4);
                if (line.startsWith("# HELP ")) {
                    assertThat(words).as(line).hasSize(4);
                    assertThat(helped.add(words[2])).as(line).isTrue();
                } else if (line.startsWith("# TYPE ")) {
                    types.put(words[2], words[3]);
                    assertThat(words[2].endsWith("_total")).as(line).isEqualTo(words[3].equals("counter"));
                } else {
                    assertThat(line).matches("[a-z_][a-z0-9_]*(\\{([a-z_]+=\"[^\"]*\",?)+})? [-+0-9.eEINaNf]+");
                }
            }
            assertThat(helped).isEqualTo(types.keySet()).hasSizeGreaterThan(40);
        }
    }
}
