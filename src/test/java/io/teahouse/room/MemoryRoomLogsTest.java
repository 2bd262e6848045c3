package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRoomLogsTest extends RoomLogsContract {
    @Override
    protected RoomLogs create() {
        return new MemoryRoomLogs(100);
    }

    @Test
    void aRoomHasOneLogUntilItIsClosed() {
        MemoryRoomLogs logs = new MemoryRoomLogs(5);
        RoomLog tea = logs.of(RoomName.of("tea"));
        assertThat(logs.of(RoomName.of("TEA"))).isSameAs(tea);
        assertThat(logs.of(RoomName.of("rice"))).isNotSameAs(tea);
        logs.putAway(RoomName.of("Tea"));
        assertThat(logs.of(RoomName.of("tea"))).isNotSameAs(tea);
    }

    private static void say(TestLog log, long from, int count) {
        for (long seq = from; seq < from + count; seq++) {
            log.append(List.of(Some.said(seq, "ann", "x".repeat(744)))); // 2,000 bytes
        }
    }

    private static int kept(TestLog log) {
        return log.settle(0).toCompletableFuture().join().size();
    }

    @Test
    void theLargestLogsShrinkWhenTheBudgetIsExceeded() {
        LogBudget budget = new LogBudget(100_000);
        MemoryRoomLogs logs = new MemoryRoomLogs(1000, budget);
        TestLog small = new TestLog(logs.of(RoomName.of("small")));
        say(small, 1, 5);
        TestLog[] large = {new TestLog(logs.of(RoomName.of("a"))), new TestLog(logs.of(RoomName.of("b")))};
        for (int i = 0; i < 10; i++) {
            say(large[0], 1 + i * 100, 100);
            say(large[1], 1 + i * 100, 100);
        }
        assertThat(kept(small)).isEqualTo(5);
        assertThat(kept(large[0]) + kept(large[1])).isBetween(30, 45);
        assertThat(budget.held()).isLessThanOrEqualTo(100_000);
        RoomLog.Excerpt past = large[1].read(HistoryRange.ALL, event -> true)
                .toCompletableFuture()
                .join();
        assertThat(past.events().get(past.events().size() - 1).seq()).isEqualTo(1000);
        assertThat(past.gap()).isTrue();
    }

    @Test
    void closedLogsAndRedactedMessagesDoNotCount() {
        LogBudget budget = new LogBudget(100_000);
        MemoryRoomLogs logs = new MemoryRoomLogs(3, budget);
        TestLog tea = new TestLog(logs.of(RoomName.of("tea")));
        say(tea, 1, 9);
        assertThat(budget.held())
                .isEqualTo(3 * Some.said(1, "ann", "x".repeat(744)).bytes());
        logs.putAway(RoomName.of("tea"));
        assertThat(budget.held()).isZero();
        say(tea, 10, 1);
        assertThat(budget.held()).isZero();
    }
}
