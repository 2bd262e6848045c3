package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers as the nodes of one cluster: one of them stops, dies, or is paused. */
class ClusterMembershipIT {
    private static final int STOP_SECONDS = 30;
    private static final Duration REMOVAL = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static void assertReady(ClusterProcesses cluster) {
        assertThat(cluster.running()).hasSize(2);
        for (ClusterProcesses.Node node : cluster.running()) {
            node.awaitReady();
            Peer.enter("guest" + node.port(), node.port()).close();
        }
    }

    @Test
    void aNodeThatIsStoppedLeaves() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(3, folder);
                Peer ann = Peer.enter("ann", cluster.node(0).port())) {
            ClusterProcesses.Node oldest = cluster.node(0);
            oldest.terminate();
            assertThat(oldest.exitCode(STOP_SECONDS)).isZero(); // though ann does not close her connection
            ann.expect("! the server is shutting down: connect again to reach another one");
            assertThat(oldest.log().lines())
                    .filteredOn(line -> !line.contains("PhiAccrualFailureDetector")) // it warns of a busy machine
                    .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("\tat "));
            for (ClusterProcesses.Node node : cluster.running()) {
                node.awaitLog("cluster: member left: " + oldest.address());
            }
            assertReady(cluster);
        }
    }

    @Test
    void aNodeThatIsKilledIsRemovedAndAnotherTakesItsPlace() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(3, folder)) {
            ClusterProcesses.Node oldest = cluster.node(0);
            long killed = System.nanoTime();
            oldest.kill();
            cluster.awaitRemoved(oldest);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(REMOVAL);
            assertReady(cluster);
            cluster.add(1);
            assertThat(cluster.running()).hasSize(3);
            cluster.running().forEach(ClusterProcesses.Node::awaitReady);
        }
    }

    @Test
    void aNodeThatContinuesAfterTheOthersHaveRemovedItEndsItself() throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(3, folder)) {
            ClusterProcesses.Node paused = cluster.node(1);
            paused.pause();
            cluster.awaitRemoved(paused);
            paused.resume();
            assertThat(paused.exitCode(STOP_SECONDS)).isEqualTo(1);
            assertThat(paused.log().lines().filter(line -> line.contains(" ERROR ")))
                    .singleElement()
                    .asString()
                    .contains("the server exits, because ", "cluster");
            assertReady(cluster);
        }
    }
}
