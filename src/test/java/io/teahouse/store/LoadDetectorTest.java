package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The detector gets what the writer reports: the messages of a transaction, and how long no job came. */
class LoadDetectorTest {
    private static final int ROUNDS = 1000;

    private final LoadDetector detector = new LoadDetector();

    private void transaction(int messages) {
        for (int i = 0; i < messages; i++) {
            detector.stored(1);
        }
        detector.transactionEnded();
    }

    @Test
    void shortIdleMomentsDoNotEndHighLoad() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10 + i % 61);
            detector.nothingCameFor(Duration.ZERO);
            assertThat(detector.isOn()).as("after %s transactions", i + 1).isEqualTo(i >= 5);
        }
    }

    @Test
    void aQuietPeriodEndsHighLoad() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(10);
        }
        detector.nothingCameFor(LoadDetector.QUIET.minusMillis(1));
        assertThat(detector.isOn()).isTrue();
        detector.nothingCameFor(LoadDetector.QUIET);
        assertThat(detector.isOn()).isFalse();
    }

    @Test
    void aSmallContinuousLoadIsNotHigh() {
        for (int i = 0; i < ROUNDS; i++) {
            transaction(1 + i % 3);
            assertThat(detector.isOn()).isFalse();
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
        assertThat(detector.isOn()).isFalse();
    }
}
