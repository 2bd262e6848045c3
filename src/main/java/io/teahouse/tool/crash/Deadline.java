package io.teahouse.tool.crash;

import java.time.Duration;

/** A point in time until which something is waited for. */
final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long end;

    Deadline(Duration from) {
        end = System.nanoTime() + from.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** What is left, at least 1. */
    long millis() {
        return Math.max(1, left().toNanos() / NANOS_PER_MILLI);
    }
}
