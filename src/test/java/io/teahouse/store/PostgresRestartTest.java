package io.teahouse.store;

import static io.teahouse.store.Lines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped in the middle, killed, and started again. */
class PostgresRestartTest {
    private static final long PATIENCE = 30_000_000_000L;

    @TempDir
    private Path folder;

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    /** The same server again; it refuses to be run by root. */
    private void startAgain(String program, int port) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program, "-D", folder.resolve("data").toString(), "-p", Integer.toString(port)));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessHandle server() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
    }

    private static void signal(String name, Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle each : processes.toList()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(each.pid()))
                    .start()
                    .waitFor();
        }
    }

    @Test
    void theStoreComesBackByItselfAndLosesNothing() throws Exception {
        EmbeddedPostgres first = start();
        int port = first.getPort();
        try (Store store = Stores.open(TestPostgres.settings(first.getJdbcUrl("postgres", "postgres")))) {
            Lines tea = new Lines(store);
            assertThat(answer(tea.append(1, "1"))).isEqualTo(Outcome.STORED);
            ProcessHandle server = server();
            String program = server.info().command().orElseThrow();

            signal("STOP", Stream.concat(Stream.of(server), server.descendants()));
            CompletableFuture<Outcome> append = tea.append(2, "2").toCompletableFuture();
            append.handle((outcome, failed) -> 0).join();
            assertThat(append.isCompletedExceptionally() || append.join() == Outcome.NOT_STORED)
                    .isTrue();
            signal("CONT", Stream.concat(Stream.of(server), server.descendants()));
            long next = settled(tea, 2) + 1;
            assertThat(untilStored(tea, next)).isEqualTo(Outcome.STORED);

            signal("KILL", Stream.concat(server.descendants(), Stream.of(server)));
            server.onExit().join();
            assertThat(answer(tea.append(next + 1, "lost"))).isEqualTo(Outcome.NOT_STORED);
            startAgain(program, port);
            assertThat(untilStored(tea, next + 1)).isEqualTo(Outcome.STORED);
            assertThat(tea.texts()).hasSize((int) next + 1);
        } finally {
            first.close();
        }
    }

    /** The newest seq, when the log has settled. */
    private static long settled(Lines tea, long from) {
        long end = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < end) {
            CompletableFuture<List<Recorded>> tail = tea.log().settle(from).toCompletableFuture();
            if (tail.handle((found, failed) -> failed == null).join()) {
                return from - 1 + tail.join().size();
            }
        }
        throw new AssertionError("never settled");
    }

    private static Outcome untilStored(Lines tea, long seq) {
        long end = System.nanoTime() + PATIENCE;
        Outcome outcome = Outcome.NOT_STORED;
        while (outcome == Outcome.NOT_STORED && System.nanoTime() < end) {
            outcome = answer(tea.append(seq, Long.toString(seq)));
        }
        return outcome;
    }
}
