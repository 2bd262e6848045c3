package io.teahouse.net;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many clients may be sent away, second by second; all doors of a server share it. Thread-safe. */
public final class DrainRate {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final long start;
    private long sent;

    /** @param perSecond so many clients at most, of all doors */
    public DrainRate(int perSecond) {
        this(perSecond, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    DrainRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /**
     * How many clients a door may send away now; they count as sent.
     *
     * @param least so many may be sent away in any case
     * @param most so many there are; at least {@code least}
     */
    synchronized int take(int least, int most) {
        double seconds = (double) (nanoTime.getAsLong() - start) / TimeUnit.SECONDS.toNanos(1);
        long allowed = (long) (seconds * perSecond) - sent;
        int taken = (int) Math.max(least, Math.min(most, allowed));
        sent += taken;
        return taken;
    }
}
