package io.teahouse.store;

import java.time.Duration;

/**
 * Whether much is said at once: then all rooms would wait for whatever else the writer does, even if nothing is to be
 * stored for a moment. It begins and ends slowly with what transactions hold, and ends at once when it is quiet.
 */
final class LoadDetector {
    /** Nothing to be stored for so long ends a rush. */
    static final Duration QUIET = Duration.ofMillis(100);

    /** So many messages in a transaction, on average of late, are a rush. */
    private static final int MESSAGES = 4;

    /** How many transactions are of late, about. */
    private static final int LATE = 16;

    private int inThisTransaction;
    private double perTransaction;

    /** Messages of the transaction that is being done. */
    void stored(int messages) {
        inThisTransaction += messages;
    }

    void transactionEnded() {
        perTransaction += (inThisTransaction - perTransaction) / LATE;
        inThisTransaction = 0;
    }

    /** There was nothing to be stored for so long. */
    void nothingCameFor(Duration time) {
        if (time.compareTo(QUIET) >= 0) {
            perTransaction = 0;
        }
    }

    boolean isOn() {
        return perTransaction >= MESSAGES;
    }
}
