package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is stopped under load, killed, and started again. */
class PostgresRestartTest {
    private static final long PATIENCE = 60_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void theStoreRecoversByItselfAndLosesNothing() throws Exception {
        try (PostgresProcess postgres = PostgresProcess.start(folder);
                Store store = Stores.open(TestPostgres.settings(postgres.url()))) {
            TestMessages tea = new TestMessages(store);
            assertThat(answer(tea.append(1, "1"))).isEqualTo(Outcome.STORED);

            postgres.freeze();
            CompletableFuture<Outcome> append = tea.append(2, "2").toCompletableFuture();
            append.handle((outcome, failed) -> 0).join();
            assertThat(append.isCompletedExceptionally() || append.join() == Outcome.NOT_STORED)
                    .isTrue();
            postgres.thaw();
            long next = settled(tea, 2) + 1;
            assertThat(untilStored(tea, next)).isEqualTo(Outcome.STORED);

            postgres.kill();
            assertThat(answer(tea.append(next + 1, "lost"))).isEqualTo(Outcome.NOT_STORED);
            postgres.startAgain();
            assertThat(untilStored(tea, next + 1)).isEqualTo(Outcome.STORED);
            assertThat(tea.texts()).hasSize((int) next + 1);
        }
    }

    /** The newest seq after {@code settle}. */
    private static long settled(TestMessages tea, long from) {
        long end = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < end) {
            CompletableFuture<List<Recorded>> tail = tea.log().settle(from).toCompletableFuture();
            if (tail.handle((found, failed) -> failed == null).join()) {
                return from - 1 + tail.join().size();
            }
        }
        throw new AssertionError("never settled");
    }

    private static Outcome untilStored(TestMessages tea, long seq) {
        long end = System.nanoTime() + PATIENCE;
        Outcome outcome = Outcome.NOT_STORED;
        while (outcome == Outcome.NOT_STORED && System.nanoTime() < end) {
            outcome = answer(tea.append(seq, Long.toString(seq)));
        }
        return outcome;
    }
}
