package io.teahouse.store;

import java.time.Duration;

/**
 * Detects high load, under which any other work of the writer would delay all rooms, even if the writer is idle
 * for a moment. Uses a moving average of messages per transaction, which is reset when the store is quiet.
 */
final class LoadDetector {
    /** A pause of this length ends high load. */
    static final Duration QUIET = Duration.ofMillis(100);

    /** The average number of messages per transaction from which on load is high. */
    private static final int MESSAGES = 4;

    /** The weight of the moving average, in transactions. */
    private static final int LATE = 16;

    private int inThisTransaction;
    private double perTransaction;

    /** Counts messages of the current transaction. */
    void stored(int messages) {
        inThisTransaction += messages;
    }

    void transactionEnded() {
        perTransaction += (inThisTransaction - perTransaction) / LATE;
        inThisTransaction = 0;
    }

    /** The writer had nothing to store for that time. */
    void nothingCameFor(Duration time) {
        if (time.compareTo(QUIET) >= 0) {
            perTransaction = 0;
        }
    }

    boolean isOn() {
        return perTransaction >= MESSAGES;
    }
}
