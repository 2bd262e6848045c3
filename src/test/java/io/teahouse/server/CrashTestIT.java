package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test in its short form, and that it can fail. DEVELOPING.md has the long form. */
class CrashTestIT {
    private static final int NOT_KEPT = 1;
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    private List<String> crashTest(int code, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("crash-test", "--in", folder.toString(), "--senders", "12"));
        all.addAll(List.of(arguments));
        try (ServerProcess run = ServerProcess.tool(folder, all.toArray(String[]::new))) {
            List<String> out = run.restOfOutput();
            assertThat(run.exitCode(SECONDS))
                    .as(String.join("\n", out) + "\n" + run.errors())
                    .isEqualTo(code);
            return out;
        }
    }

    @Test
    void killingTheServerLosesNothingOfSqlite() throws IOException, InterruptedException {
        assertThat(crashTest(0, "--store", "sqlite", "--kills", "6")).last().isEqualTo("every promise was kept");
    }

    @Test
    void norOfPostgresql() throws IOException, InterruptedException {
        String url = TestPostgres.newDatabase();
        assertThat(crashTest(0, "--store", "postgresql", "--url", url, "--kills", "3"))
                .last()
                .isEqualTo("every promise was kept");
    }

    @Test
    void aStoreThatForgetsIsFoundOut() throws IOException, InterruptedException {
        assertThat(crashTest(NOT_KEPT, "--store", "memory", "--kills", "1"))
                .anyMatch(line -> line.startsWith("BROKEN: a message with a receipt is in the history: "))
                .anyMatch(line -> line.startsWith("BROKEN: a message that was shown is in the history: "));
    }

    @Test
    void aServerThatRecognisesNoRepeatIsFoundOut() throws IOException, InterruptedException {
        assertThat(crashTest(NOT_KEPT, "--kills", "1", "--setting", "teahouse.rooms.repeats-kept=0"))
                .anyMatch(line -> line.startsWith("BROKEN: no message is in the history twice: "));
    }
}
