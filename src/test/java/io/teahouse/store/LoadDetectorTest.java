package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The detector gets what the writer reports: the messages of a transaction, and how long no job came. */
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
    void shortIdleMomentsDoNotEndHighLoad() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10 + i % 61);
            rush.nothingCameFor(Duration.ZERO);
            assertThat(rush.isOn()).as("after %s transactions", i + 1).isEqualTo(i >= 5);
        }
    }

    @Test
    void aQuietPeriodEndsHighLoad() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10);
        }
        rush.nothingCameFor(LoadDetector.QUIET.minusMillis(1));
        assertThat(rush.isOn()).isTrue();
        rush.nothingCameFor(LoadDetector.QUIET);
        assertThat(rush.isOn()).isFalse();
    }

    @Test
    void aSmallContinuousLoadIsNotHigh() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(1 + i % 3);
            assertThat(rush.isOn()).isFalse();
        }
    }

    @Test
    void highLoadEndsWhenTransactionsBecomeSmaller() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(70);
        }
        for (int i = 0; i < ROUNDS; i++) {
            transaction(1);
        }
        assertThat(rush.isOn()).isFalse();
    }
}
