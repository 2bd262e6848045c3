package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.store.CommitProxy.Way;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL behind a failing network, or missing. */
class PostgresFaultTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CommitProxy proxy = new CommitProxy(TestPostgres.port());
    private Store store;
    private TestMessages tea;

    @BeforeEach
    void open() throws StoreException {
        store = Stores.open(TestPostgres.settings(proxy.port()));
        tea = new TestMessages(store);
        assertThat(answer(tea.append(1, "before"))).isEqualTo(Outcome.STORED);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
    }

    @Test
    void settleFindsACommitWhoseAnswerWasLost() {
        proxy.have(Way.LOSE_ANSWER);
        assertThat(tea.append(2, "stored")).failsWithin(PATIENCE);
        assertThat(tea.tail(2)).containsExactly("stored");
        assertThat(answer(tea.append(3, "after"))).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "stored", "after");
    }

    @Test
    void settleWaitsForACommitThatIsStillUnderWay() throws InterruptedException {
        proxy.have(Way.HOLD);
        assertThat(tea.append(2, "late")).failsWithin(PATIENCE);
        proxy.awaitHeld();
        CompletableFuture<List<Recorded>> tail = tea.log().settle(2).toCompletableFuture();
        assertThat(tea.texts()).as("what a reader sees meanwhile").containsExactly("before");
        assertThat(tail).isNotDone();
        proxy.release();
        assertThat(tail)
                .succeedsWithin(PATIENCE)
                .satisfies(found -> assertThat(found).hasSize(1));
        assertThat(tea.texts()).containsExactly("before", "late");
    }

    @Test
    void postgresGivesUpATransactionWhoseCommitNeverArrives() throws InterruptedException {
        proxy.have(Way.HOLD);
        assertThat(tea.append(2, "lost")).failsWithin(PATIENCE);
        proxy.awaitHeld();
        CompletableFuture<List<Recorded>> tail = tea.log().settle(2).toCompletableFuture();
        while (tail.handle((found, failed) -> failed != null).join()) {
            tail = tea.log().settle(2).toCompletableFuture(); // the room retries in the same way
        }
        assertThat(tail.join()).isEmpty();
        proxy.release();
        assertThat(answer(tea.append(2, "after"))).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "after");
    }

    @Test
    void anUnreachableServerRefusesWritesUntilItIsBack() {
        proxy.refuse(true);
        assertThat(answer(tea.append(2, "x"))).isEqualTo(Outcome.NOT_STORED);
        assertThat(tea.log().settle(2)).failsWithin(PATIENCE);
        assertThat(tea.log().read(HistoryRange.ALL, event -> true)).failsWithin(PATIENCE);
        proxy.refuse(false);
        assertThat(untilStored(2, "after")).isEqualTo(Outcome.STORED);
        assertThat(tea.texts()).containsExactly("before", "after");
    }

    private Outcome untilStored(long seq, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Outcome outcome = Outcome.NOT_STORED;
        while (outcome == Outcome.NOT_STORED && System.nanoTime() < end) {
            outcome = answer(tea.append(seq, text));
        }
        return outcome;
    }

    @Test
    void aHangingServerTimesOut() {
        proxy.freeze(true);
        CompletableFuture<Outcome> append = tea.append(2, "x").toCompletableFuture();
        assertThat(append.handle((outcome, failed) -> failed == null ? outcome : Outcome.NOT_STORED))
                .succeedsWithin(PATIENCE)
                .isEqualTo(Outcome.NOT_STORED);
        proxy.freeze(false);
        List<Recorded> tail = List.of();
        boolean settled = false;
        while (!settled) {
            CompletableFuture<List<Recorded>> asked = tea.log().settle(2).toCompletableFuture();
            settled = asked.handle((found, failed) -> failed == null).join();
            tail = settled ? asked.join() : tail;
        }
        assertThat(untilStored(2 + tail.size(), "after")).isEqualTo(Outcome.STORED);
    }

    @Test
    void aMissingServerIsReportedInOneLine() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/tea?user=ann&password=secret";
        assertThatThrownBy(() -> Stores.open(StoreSettings.postgresql(url)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("teahouse.store.url")
                .message()
                .doesNotContain("\n")
                .doesNotContain("secret");
    }
}
