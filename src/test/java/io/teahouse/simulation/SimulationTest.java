package io.teahouse.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dsimulation.seeds=1-100000} runs other seeds. A failure prints the seed and what has happened. */
class SimulationTest {
    private static final String[] SEEDS =
            System.getProperty("simulation.seeds", "1-500").split("-", 2);

    @Test
    void aLocalRoomKeepsItsPromises() {
        run(1);
    }

    @Test
    void aRoomOfSeveralNodesKeepsItsPromises() {
        run(3);
    }

    private static void run(int nodes) {
        List<Trace> failed = new ArrayList<>();
        long seed = Seeds.run(nodes, Long.parseLong(SEEDS[0]), Long.parseLong(SEEDS[1]), failed::add);
        assertThat(seed).as(() -> "seed " + seed + "\n" + failed.get(0)).isZero();
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(Simulation.run(seed, List.of(new SimulatedSystem("node")))
                            .lines())
                    .as("seed %s", seed)
                    .isEqualTo(Simulation.run(seed, List.of(new SimulatedSystem("node")))
                            .lines());
        }
    }
}
