package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that starts as a node of a cluster, or refuses to. */
class ClusterStartIT {
    private static final int WRONG_SETTINGS = 2;
    private static final int SECONDS = 30;
    private static final int STOP_SECONDS = 30;

    @TempDir
    private Path folder;

    private ServerProcess launch(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Dteahouse.plain.port=0",
                "-Dteahouse.cluster.enabled=on",
                "-Dteahouse.cluster.port=0",
                "-Dteahouse.store.kind=postgresql",
                "-Dteahouse.store.url=" + TestPostgres.newDatabase()));
        all.addAll(List.of(options));
        return ServerProcess.launch(folder, all.toArray(new String[0]));
    }

    private void isRefused(List<String> options, String... parts) throws IOException, InterruptedException {
        try (ServerProcess server = launch(options.toArray(new String[0]))) {
            assertThat(server.exitCode(SECONDS)).isEqualTo(WRONG_SETTINGS);
            assertThat(server.restOfOutput()).isEmpty();
            assertThat(server.errors().lines().filter(line -> !line.contains(" INFO ")))
                    .singleElement()
                    .asString()
                    .startsWith("teahouse: ")
                    .contains(parts);
        }
    }

    @Test
    void aNodeWithoutSeedNodesFormsAClusterOfItsOwn() throws IOException, InterruptedException {
        try (ServerProcess server = launch()) {
            Map<String, Integer> ports = server.awaitPorts();
            assertThat(ports).containsKeys("cluster", "plain", "irc", "web");
            Peer ann = Peer.enter("ann", ports.get("plain"));
            ann.say("hello");
            ann.expect("ann: hello");
            server.terminate();
            ann.expect("! the server is shutting down: connect again to reach another one")
                    .expectClosed();
            ann.close();
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
            assertThat(server.restOfOutput()).isEmpty();
            assertThat(server.errors())
                    .contains("cluster: member joined: 127.0.0.1:" + ports.get("cluster"))
                    .doesNotContain(" WARN ", " ERROR ", "\tat ");
        }
    }

    @Test
    void theFirstSeedNodeFormsTheClusterIfNoOtherAnswers() throws IOException {
        int own = freePort();
        try (ServerProcess server = launch(
                "-Dteahouse.cluster.port=" + own,
                "-Dteahouse.cluster.seed-nodes.0=127.0.0.1:" + own,
                "-Dteahouse.cluster.seed-nodes.1=127.0.0.1:" + freePort())) {
            assertThat(server.awaitPorts()).containsEntry("cluster", own);
        }
    }

    @Test
    void aNodeMayHaveAnIpv6AddressAndListenElsewhere() throws IOException {
        int own = freePort();
        try (ServerProcess server = launch(
                "-Dteahouse.cluster.host=::1",
                "-Dteahouse.cluster.port=" + own,
                "-Dteahouse.cluster.bind-port=0",
                "-Dteahouse.cluster.seed-nodes.0=[::1]:" + own)) {
            assertThat(server.awaitPorts()).containsKey("irc");
        }
    }

    @Test
    void aNodeThatNobodyAdmitsIsAliveAndNotReady() throws IOException, InterruptedException {
        try (ServerProcess server = launch(
                "-Dteahouse.admin.enabled=on",
                "-Dteahouse.admin.port=0",
                "-Dteahouse.cluster.seed-nodes.0=127.0.0.1:" + freePort())) {
            int admin = server.awaitListening("admin");
            AdminClient client = new AdminClient(admin);
            assertThat(client.status("/health/live")).isEqualTo(200);
            assertThat(client.get("/health/ready"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                    .satisfies(answer -> assertThat(answer.body()).contains("\"cluster\":false"));
            server.terminate();
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
            assertThat(server.restOfOutput()).isEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void aPortThatIsTakenIsRefused() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            isRefused(
                    List.of("-Dteahouse.cluster.port=" + port),
                    "teahouse.cluster.port",
                    "127.0.0.1:" + port,
                    "Address already in use");
        }
    }

    @Test
    void aHostThatIsNotOursIsRefused() throws IOException, InterruptedException {
        isRefused(
                List.of("-Dteahouse.cluster.host=192.0.2.1", "-Dteahouse.cluster.allow-plain=on"),
                "teahouse.cluster.host",
                "192.0.2.1");
    }

    @Test
    void aHostThatDoesNotExistIsRefused() throws IOException, InterruptedException {
        isRefused(
                List.of("-Dteahouse.cluster.host=nowhere.invalid", "-Dteahouse.cluster.allow-plain=on"),
                "teahouse.cluster.host",
                "nowhere.invalid");
    }
}
