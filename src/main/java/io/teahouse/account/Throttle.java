package io.teahouse.account;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often something may be tried under one key: a burst, then so many per minute (a token bucket). An attempt is
 * charged when it begins and refunded if it succeeds, so that concurrent attempts count as well. Thread-safe; times are
 * given, in nanoseconds of any clock that does not jump.
 */
public final class Throttle {
    /** How many keys are remembered; one more replaces the one that was tried longest ago. */
    static final int MOST = 10_000;

    private static final double NANOS_PER_MINUTE = 60e9;

    private static final class Bucket {
        double tokens;
        long at;
    }

    private final AccountSettings.Pace pace;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** With a full bucket for every key. */
    public Throttle(AccountSettings.Pace pace) {
        this.pace = pace;
    }

    /**
     * Charges an attempt. Returns zero if the attempt may be made. Otherwise nothing was charged, and the
     * attempt may be made after the returned time.
     */
    public synchronized Duration charge(Object key, long now) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = pace.burst();
            bucket.at = now;
            buckets.put(key, bucket);
            forget();
        }
        bucket.tokens = Math.min(pace.burst(), bucket.tokens + (now - bucket.at) / NANOS_PER_MINUTE * pace.perMinute());
        bucket.at = now;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - bucket.tokens) / pace.perMinute() * NANOS_PER_MINUTE));
    }

    private void forget() {
        if (buckets.size() > MOST) {
            Iterator<Object> eldest = buckets.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Takes a charge back. */
    public synchronized void refund(Object key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.tokens = Math.min(pace.burst(), bucket.tokens + 1);
        }
    }
}
