package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** As the writer tells it: what a transaction held, and how long it waited in vain for the next. */
class LoadDetectorTest {
    private static final int ROUNDS = 1000;

    private final LoadDetector rush = new LoadDetector();

    private void transaction(int messages) {
        for (int i = 0; i < messages; i++) {
            rush.stored(1);
        }
        rush.transactionEnded();
    }

    @Test
    void instantsWithNothingToDoDoNotEndARush() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10 + i % 61);
            rush.nothingCameFor(Duration.ZERO);
            assertThat(rush.isOn()).as("after %s transactions", i + 1).isEqualTo(i >= 5);
        }
    }

    @Test
    void nothingForAWhileEndsIt() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10);
        }
        rush.nothingCameFor(LoadDetector.QUIET.minusMillis(1));
        assertThat(rush.isOn()).isTrue();
        rush.nothingCameFor(LoadDetector.QUIET);
        assertThat(rush.isOn()).isFalse();
    }

    @Test
    void aSmallLoadThatNeverPausesIsNone() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(1 + i % 3);
            assertThat(rush.isOn()).isFalse();
        }
    }

    @Test
    void itEndsWhenTransactionsHoldLess() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(70);
        }
        for (int i = 0; i < ROUNDS; i++) {
            transaction(1);
        }
        assertThat(rush.isOn()).isFalse();
    }
}
