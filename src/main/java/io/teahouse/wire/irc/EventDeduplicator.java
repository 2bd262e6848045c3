package io.teahouse.wire.irc;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Remembers which events a client has been shown, so that an event that reaches it through several rooms is shown once.
 * Every event is remembered for at least a minute, at eight bytes for each.
 */
final class EventDeduplicator {
    /**
     * Events are remembered for at least this long and at most twice as long; by then even a slow room has delivered
     * them.
     */
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long[] NONE = {};

    private final LongSupplier clock;

    /**
     * Causes that arrived lately, sorted. They are numbered in ascending order, so a new one is inserted at or near the
     * end.
     */
    private long[] late = NONE;

    private int lateCount;

    /** The earliest time at which an entry of {@link #late} may have arrived. */
    private long lateSince;

    /** Causes of the previous period, sorted. */
    private long[] early = NONE;

    EventDeduplicator() {
        this(System::nanoTime);
    }

    /** @param clock a monotonic clock, in nanoseconds */
    EventDeduplicator(LongSupplier clock) {
        this.clock = clock;
        this.lateSince = clock.getAsLong();
    }

    /**
     * Whether the event with that cause has been shown; records it as shown. 0 means that an event has no cause: it is
     * never known.
     */
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
