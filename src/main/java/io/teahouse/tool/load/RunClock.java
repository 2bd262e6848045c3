package io.teahouse.tool.load;

/** Nanoseconds since the run began: small enough for the twelve hex digits a message has for its timestamp. */
final class RunClock {
    static final long SECOND = 1_000_000_000L;

    private final long epoch = System.nanoTime();

    long now() {
        return System.nanoTime() - epoch;
    }

    static long nanos(double seconds) {
        return (long) (seconds * SECOND);
    }

    static double seconds(long nanos) {
        return (double) nanos / SECOND;
    }
}
