package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomName;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** When the indexer gets its turn. Tests with a database cover what it does then. */
class SearchIndexerTest {
    private static final int MOST = 1000;
    private static final Recorded EVENT = new Redacted(
            RoomName.of("tea"), 2, "b", TestMessages.NOON, Nick.of("ann"), Profile.APPLICATION, "a", 1, "", "");

    private final SearchIndexer indexer = new SearchIndexer(MOST);

    private void transactions(int count, int messages) {
        for (int i = 0; i < count; i++) {
            indexer.stored(1, Collections.nCopies(messages, EVENT));
            indexer.done();
        }
    }

    @Test
    void itWaitsUntilHighLoadIsOver() {
        transactions(50, 10);
        assertThat(indexer.patience()).isPositive();
        indexer.nothingCame();
        assertThat(indexer.patience()).isZero();
    }

    @Test
    void shortIdleMomentsDoNotEndHighLoad() {
        for (int i = 0; i < 50; i++) {
            transactions(1, 10);
            if (indexer.patience().isZero()) {
                indexer.nothingCame();
            }
        }
        assertThat(indexer.patience()).isPositive();
    }

    @Test
    void itContinuesUnderASmallContinuousLoad() {
        transactions(2 * MOST, 2);
        assertThat(indexer.patience()).isZero();
    }

    @Test
    void highLoadEndsWhenTransactionsBecomeSmaller() {
        transactions(50, 10);
        transactions(30, 1);
        assertThat(indexer.patience()).isZero();
    }

    @Test
    void oneLargeTransactionIsNotHighLoad() {
        transactions(20, 1);
        transactions(1, 40);
        assertThat(indexer.patience()).isZero();
    }

    @Test
    void underHighLoadALongBacklogIsIndexed() {
        transactions(MOST / 10, 10);
        assertThat(indexer.due()).isZero();
        transactions(1, 10);
        assertThat(indexer.due()).isEqualTo(1);
        transactions(1, 2500);
        assertThat(indexer.due()).isEqualTo(3);
    }
}
