package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that know nothing of each other but what discovery tells them: here, a list that stands for DNS. */
class ClusterDiscoveryIT {
    private static final String CONTACT = "-Dakka.management.cluster.bootstrap.contact-point";
    private static final int STOP_SECONDS = 30;

    @TempDir
    private Path folder;

    private final String url = TestPostgres.newDatabase();

    private ServerProcess launch(int number, List<Integer> ports) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Dteahouse.plain.port=0",
                "-Dteahouse.store.kind=postgresql",
                "-Dteahouse.store.url=" + url,
                "-Dteahouse.cluster.enabled=on",
                "-Dteahouse.cluster.port=0",
                "-Dteahouse.cluster.discovery=dns",
                "-Dteahouse.cluster.bootstrap.required-nodes=3",
                "-Dteahouse.cluster.bootstrap.port=" + ports.get(number),
                CONTACT + "-discovery.discovery-method=config",
                CONTACT + "-discovery.stable-margin=1 s",
                CONTACT + ".filter-on-fallback-port=off"));
        for (int i = 0; i < ports.size(); i++) {
            String endpoint = "-Dakka.discovery.config.services.teahouse.endpoints." + i;
            all.add(endpoint + ".host=127.0.0.1");
            all.add(endpoint + ".port=" + ports.get(i));
        }
        return ServerProcess.launch(Files.createTempDirectory(folder, "node"), all.toArray(new String[0]));
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket a = free();
                ServerSocket b = free();
                ServerSocket c = free()) {
            return Stream.of(a, b, c).map(ServerSocket::getLocalPort).toList();
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void theyFormOneCluster() throws IOException, InterruptedException {
        List<Integer> ports = freePorts();
        try (ServerProcess first = launch(0, ports);
                ServerProcess second = launch(1, ports);
                ServerProcess third = launch(2, ports)) {
            List<ServerProcess> all = List.of(first, second, third);
            List<Integer> clusterPorts = new ArrayList<>();
            for (ServerProcess each : all) {
                clusterPorts.add(each.awaitPorts().get("cluster"));
            }
            for (ServerProcess each : all) {
                for (int port : clusterPorts) {
                    each.awaitError("cluster: member joined: 127.0.0.1:" + port);
                }
            }
            for (ServerProcess each : all) {
                each.terminate();
                assertThat(each.exitCode(STOP_SECONDS)).isZero();
            }
        }
    }
}
