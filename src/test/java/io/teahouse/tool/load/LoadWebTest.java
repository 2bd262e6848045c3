package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Runs of the load generator at the web door of a server in this process. */
class LoadWebTest {
    private static TestServer server;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        server = TestServer.start("teahouse.flood.enabled = off", "teahouse.web.ping-interval = 1 s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fanoutToBrowsersDeliversEverything() {
        assertThat(load("fanout", "--members=10", "--senders=2", "--window=4", "--warm=0", "--secs=0.3"))
                .isZero();
        assertThat(out.toString())
                .contains("\"proto\":\"web\"", "\"undelivered\":0,", "\"clients_lost\":0,")
                .doesNotContain("\"deliveries_per_s\":0,");
    }

    @Test
    void roomsOfBrowsersDeliverEverything() {
        assertThat(load("rooms", "--clients=20", "--room-size=5", "--rate=10", "--warm=0", "--secs=0.3"))
                .isZero();
        assertThat(out.toString())
                .contains("\"offered_deliveries_per_s\":8", "\"undelivered\":0,", "\"clients_lost\":0,");
    }

    @Test
    void longMessagesAreDeliveredToo() {
        assertThat(load("fanout", "--members=4", "--bytes=300", "--warm=0", "--secs=0.2"))
                .isZero();
        assertThat(out.toString()).contains("\"undelivered\":0,").doesNotContain("\"deliveries_per_s\":0,");
    }

    @Test
    void messagesToBrowsersGetReceipts() {
        assertThat(load("receipts", "--clients=6", "--rooms=2", "--window=3", "--warm=0", "--secs=0.3"))
                .isZero();
        assertThat(out.toString()).contains("\"without_receipt\":0,").doesNotContain("\"receipts_per_s\":0,");
    }

    @Test
    void idleBrowsersStayConnected() {
        assertThat(load("idle", "--clients=20", "--rooms=4", "--settle=1.2")).isZero();
        assertThat(out.toString()).contains("\"clients\":20,", "\"clients_lost\":0}");
    }

    @Test
    void aDoorWithoutWebSocketsRefusesTheHandshake() {
        assertThat(execute("idle", "--proto=web", "--port=" + server.port("irc"), "--rehearse=0", "--reg-timeout=3"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("could not register");
    }

    private int load(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--proto=web", "--port=" + server.port("web"), "--json", "--rehearse=0"));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... args) {
        return new CommandLine(new LoadCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
