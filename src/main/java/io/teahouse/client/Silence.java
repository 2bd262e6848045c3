package io.teahouse.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Measures how long a connection has been silent. Checks are due at half of the allowed time, and at its end. */
final class Silence {
    private final long allowed;
    private final LongSupplier clock;
    private long since;

    /**
     * A silence that begins now.
     *
     * @param allowed zero: unlimited
     * @param clock in nanoseconds; monotonic
     */
    Silence(Duration allowed, LongSupplier clock) {
        this.allowed = allowed.toNanos();
        this.clock = clock;
        this.since = clock.getAsLong();
    }

    void broken() {
        since = clock.getAsLong();
    }

    boolean isTooLong() {
        return soFar() >= allowed;
    }

    boolean isHalfOver() {
        return soFar() >= allowed / 2;
    }

    /** The time until the next check; empty: unlimited. */
    Optional<Duration> next() {
        if (allowed == 0) {
            return Optional.empty();
        }
        long silent = soFar();
        long until = silent < allowed / 2 ? allowed / 2 : allowed;
        return Optional.of(Duration.ofNanos(Math.max(1, until - silent)));
    }

    private long soFar() {
        return clock.getAsLong() - since;
    }
}
