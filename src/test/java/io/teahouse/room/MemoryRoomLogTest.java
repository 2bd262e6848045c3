package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRoomLogTest extends RoomLogContract {
    @Override
    protected RoomLog create() {
        return new MemoryRoomLog(100);
    }

    @Override
    protected RoomLog reopen(RoomLog log) {
        return log;
    }

    @Test
    void onlyTheNewestEventsAreKeptButSeqAndTopicStay() {
        TestLog small = new TestLog(new MemoryRoomLog(2));
        RoomEvent.TopicChanged topic = Some.topic(1, "ann", "tea");
        small.append(List.of(topic, Some.said(2, "ann", "2")));
        small.append(List.of(Some.said(3, "ann", "3")));

        assertThat(small.read(HistoryRange.seqs(1, 9, 9), event -> true)
                        .toCompletableFuture()
                        .join()
                        .events())
                .extracting(RoomEvent.Recorded::seq)
                .containsExactly(2L, 3L);
        assertThat(small.open().toCompletableFuture().join())
                .returns(3L, RoomLog.Opened::lastSeq)
                .returns(topic, opened -> opened.topic().orElseThrow());
    }

    @Test
    void aLogOfCapacityZeroStillCountsSeqs() {
        TestLog none = new TestLog(new MemoryRoomLog(0));
        none.append(List.of(Some.said(1, "ann", "1")));
        assertThat(none.open().toCompletableFuture().join().lastSeq()).isEqualTo(1);
        assertThat(none.append(List.of(Some.said(2, "ann", "2")))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(RoomLog.Outcome.STORED);
    }
}
