package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that has rooms ends while users of other nodes talk in them. */
class ClusterFailoverIT {
    /** So many that each node has some. */
    private static final List<String> ROOMS =
            IntStream.range(0, 9).mapToObj(i -> "#room" + i).toList();

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int BEFORE = 40;
    private static final int AFTER = 40;

    @TempDir
    private Path folder;

    private interface Ending {
        void end(ClusterProcesses cluster, ClusterProcesses.Node node) throws IOException, InterruptedException;
    }

    /** Ends the oldest node, on which nobody talks, and returns the longest silence in any room. */
    private Duration silenceWhen(Ending ending) throws IOException, InterruptedException {
        return silenceWhen(3, 1, 2, ending);
    }

    /**
     * @param speaker the node of the one who talks
     * @param listener the node of the one who listens
     */
    private Duration silenceWhen(int count, int speaker, int listener, Ending ending)
            throws IOException, InterruptedException {
        try (ClusterProcesses cluster = ClusterProcesses.start(count, folder, "-Dteahouse.flood.enabled=off");
                ClusterLoad load = new ClusterLoad(
                        ROOMS,
                        List.of(
                                cluster.node(speaker).port("irc"),
                                cluster.node(listener).port("irc")))) {
            load.talk(PAUSE);
            awaitAll(load, BEFORE);
            ending.end(cluster, cluster.node(0));
            awaitAll(load, load.said() + AFTER);
            load.stop();
            awaitAll(load, load.said());

            List<String> all =
                    IntStream.range(0, load.said()).mapToObj(Integer::toString).toList();
            for (String room : ROOMS) {
                assertThat(load.seen(0).texts(room)).as("receipts in " + room).isEqualTo(all);
                assertThat(load.seen(1).texts(room)).as("messages in " + room).isEqualTo(all);
            }
            assertThat(load.seen(0).others()).as("what else the speaker saw").isEmpty();
            assertThat(load.seen(1).others()).as("what else the listener saw").isEmpty();
            return ROOMS.stream()
                    .map(room -> load.seen(0).longestSilence(room))
                    .max(Duration::compareTo)
                    .orElseThrow();
        }
    }

    private static void awaitAll(ClusterLoad load, int count) throws InterruptedException {
        for (String room : ROOMS) {
            load.seen(0).await(room, count, SOON);
            load.seen(1).await(room, count, SOON);
        }
    }

    @Test
    void whenANodeIsKilledNothingIsLostOrShownTwice() throws IOException, InterruptedException {
        assertThat(silenceWhen((cluster, node) -> {
                    node.kill();
                    cluster.awaitRemoved(node);
                }))
                .isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whenANodeIsStoppedItsRoomsGoOnElsewhereSooner() throws IOException, InterruptedException {
        assertThat(silenceWhen((cluster, node) -> {
                    node.terminate();
                    assertThat(node.exitCode(30)).isZero();
                }))
                .isLessThan(Duration.ofSeconds(5));
    }

    /** As a rolling upgrade does. The users are on a node that stays. */
    @Test
    void whenTheNodesAreReplacedOneAfterTheOtherNothingIsLost() throws IOException, InterruptedException {
        assertThat(silenceWhen(4, 3, 3, (cluster, oldest) -> {
                    for (int i = 0; i < 3; i++) {
                        cluster.node(i).terminate();
                        assertThat(cluster.node(i).exitCode(30)).isZero();
                        cluster.add(1);
                    }
                }))
                .isLessThan(Duration.ofSeconds(10));
    }
}
