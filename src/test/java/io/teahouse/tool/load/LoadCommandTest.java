package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Complete runs over real sockets, against a reference server in this process. */
class LoadCommandTest {
    private static final String JOIN = "--plain-join=/join r%d";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ReferenceServer server;

    @BeforeEach
    void open() throws IOException {
        server = ReferenceServer.open(0, ReferenceServer.MAX_QUEUE);
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void fanoutDeliversEverything() {
        assertThat(load("fanout", "--members=10", "--senders=2", "--window=4", "--warm=0", "--secs=0.3"))
                .isZero();
        assertThat(out.toString())
                .startsWith("{\"scenario\":\"fanout\",\"label\":\"\",\"proto\":\"plain\",\"members\":10,")
                .contains("\"undelivered\":0,", "\"clients_lost\":0,", "\"lat_p99_us\":")
                .doesNotContain("\"deliveries_per_s\":0,");
    }

    @Test
    void roomsDeliverEverything() {
        assertThat(load("rooms", "--clients=20", "--room-size=5", "--rate=10", "--warm=0", "--secs=0.3", JOIN))
                .isZero();
        assertThat(out.toString())
                .contains("\"offered_deliveries_per_s\":8", "\"undelivered\":0,", "\"clients_lost\":0,");
    }

    @Test
    void withAWindowEachMessageGetsAReceipt() {
        assertThat(load("receipts", "--clients=6", "--rooms=2", "--window=3", "--warm=0", "--secs=0.3", JOIN))
                .isZero();
        assertThat(out.toString())
                .contains("\"window\":3,", "\"without_receipt\":0,", "\"clients_lost\":0,")
                .doesNotContain("\"receipts_per_s\":0,", "\"lat_p50_us\":0,");
    }

    @Test
    void withARateEachMessageGetsAReceipt() {
        assertThat(load("receipts", "--clients=10", "--rooms=5", "--rate=20", "--warm=0", "--secs=0.5", JOIN))
                .isZero();
        assertThat(out.toString())
                .contains("\"rate_per_client\":20.000,", "\"without_receipt\":0,")
                .doesNotContain("\"receipts_per_s\":0,");
    }

    @Test
    void anImpossibleLatencyLimitFindsNoRate() {
        assertThat(load(
                        "rooms",
                        "--clients=10",
                        "--room-size=5",
                        "--rate=1",
                        "--p99-limit=0.000001",
                        "--warm=0",
                        "--secs=0.01",
                        JOIN))
                .isZero();
        assertThat(out.toString()).contains("\"max_rate_per_client\":0.000,", "\"first_failing_rate\":0.0");
    }

    @Test
    void idleClientsStayConnected() {
        assertThat(load("idle", "--clients=20", "--rooms=4", "--settle=0", JOIN))
                .isZero();
        assertThat(out.toString()).contains("\"clients\":20,", "\"connects_per_s\":", "\"clients_lost\":0}");
    }

    @Test
    void aSlowClientIsReported() {
        assertThat(load("slow", "--members=10", "--slow=2", "--warm=0", "--secs=0.3"))
                .isZero();
        assertThat(out.toString()).contains("\"undelivered\":0,", "\"slow_readers\":2,", "\"clients_lost\":0,");
    }

    @Test
    void unavailableFiguresAreOmittedAndNamed() {
        load("fanout", "--members=3", "--warm=0", "--secs=0.1");
        assertThat(out.toString()).doesNotContain("server_cpu_cores", "NaN");
        assertThat(err.toString()).contains("omitted figures (no --pid): server_cpu_cores");
    }

    @Test
    void withoutAServerTheClientsCannotRegister() {
        server.close();
        assertThat(execute("fanout", "--port=1", "--rehearse=0")).isEqualTo(4);
        assertThat(err.toString()).contains("could not register");
    }

    @Test
    void invalidArgumentsAreRefused() {
        assertThat(load("fanout", "--bytes=32")).isEqualTo(2);
        assertThat(load("fanout", "--members=1")).isEqualTo(2);
        assertThat(load("rooms", "--clients=10", "--room-size=3")).isEqualTo(2);
        assertThat(load("receipts", "--clients=3", "--rooms=4")).isEqualTo(2);
        assertThat(execute("store", "--only=some")).isEqualTo(2);
        assertThat(execute("store", "--store=postgresql")).isEqualTo(2);
        assertThat(load("idle", "--plain-join=/join lobby")).isEqualTo(2);
        assertThat(load("idle", "--proto=xmpp")).isEqualTo(2);
        assertThat(execute()).isEqualTo(2);
    }

    @Test
    void aRehearsalLeavesNothingInTheReport() {
        assertThat(execute(
                        "fanout", "--port=" + server.port(), "--rehearse=0.2", "--members=3", "--warm=0", "--secs=0.1"))
                .isZero();
        assertThat(out.toString()).contains("  members                    3");
    }

    private int load(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--port=" + server.port(), "--json", "--rehearse=0"));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... args) {
        return new CommandLine(new LoadCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
