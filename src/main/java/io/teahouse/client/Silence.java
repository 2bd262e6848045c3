package io.teahouse.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long a connection has been silent, and when to look at that again: at half of the time allowed, and at its end. */
final class Silence {
    private final long allowed;
    private final LongSupplier clock;
    private long since;

    /**
     * It begins now.
     *
     * @param allowed zero: for ever
     * @param clock in nanoseconds; does not jump
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

    /** How long to wait before the next look; empty: it may last for ever. */
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
