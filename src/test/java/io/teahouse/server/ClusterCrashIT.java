package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test of a cluster in its short form. doc/crash-test.md has the long one. */
class ClusterCrashIT {
    private static final int SECONDS = 180;
    /** With this one, a node is killed first, and then one is cut off. */
    private static final String SEED = "4096";

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostWhenANodeIsKilledOrCutOff() throws IOException, InterruptedException {
        String[] arguments = {
            "crash-test",
            "--in",
            folder.toString(),
            "--nodes",
            "3",
            "--kills",
            "2",
            "--seed",
            SEED,
            "--senders",
            "12",
            "--pace",
            "100",
            "--store",
            "postgresql",
            "--url",
            TestPostgres.newDatabase()
        };
        try (ServerProcess run = ServerProcess.tool(folder, arguments)) {
            List<String> out = run.restOfOutput();
            assertThat(run.exitCode(SECONDS))
                    .as(String.join("\n", out) + "\n" + run.errors())
                    .isZero();
            assertThat(out).last().isEqualTo("every promise was kept");
        }
    }
}
