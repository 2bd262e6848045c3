package io.teahouse.wire.irc;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What happened in several rooms at once and has been told to one client already, so that it is told once. However much
 * happens at a time, all of it is remembered for a minute: eight bytes for each line that the client was shown.
 */
final class EventDeduplicator {
    /** At least for so long, and at most for twice that: by then a room that is far behind has told it, too. */
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long[] NONE = {};

    private final LongSupplier clock;

    /** Sorted. Causes are counted up: what is new belongs at the end, or near it. */
    private long[] late = NONE;

    private int lateCount;

    /** When the first of them may have come. */
    private long lateSince;

    /** What came before them; sorted. */
    private long[] early = NONE;

    EventDeduplicator() {
        this(System::nanoTime);
    }

    /** @param clock in nanoseconds; does not jump */
    EventDeduplicator(LongSupplier clock) {
        this.clock = clock;
        this.lateSince = clock.getAsLong();
    }

    /** Whether it has been told; from now on, it has. 0 is no cause, and never known. */
    boolean isKnown(long cause) {
        if (cause == 0) {
            return false;
        }
        forget();
        int at = Arrays.binarySearch(late, 0, lateCount, cause);
        if (at >= 0 || Arrays.binarySearch(early, cause) >= 0) {
            return true;
        }
        insert(-at - 1, cause);
        return false;
    }

    private void forget() {
        long now = clock.getAsLong();
        if (now - lateSince >= KEPT_NANOS) {
            early = now - lateSince >= 2 * KEPT_NANOS ? NONE : Arrays.copyOf(late, lateCount);
            late = NONE;
            lateCount = 0;
            lateSince = now;
        }
    }

    private void insert(int at, long cause) {
        if (lateCount == late.length) {
            late = Arrays.copyOf(late, Math.max(4, 2 * lateCount));
        }
        System.arraycopy(late, at, late, at + 1, lateCount - at);
        late[at] = cause;
        lateCount++;
    }
}
