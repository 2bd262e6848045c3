package io.teahouse.account;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be tried under one key: so many times at once, then so many per minute. An attempt is counted when
 * it begins and given back if it succeeds, so that many at once count as well. Any thread; time comes in from outside, in
 * nanoseconds of any clock that does not jump.
 */
final class Throttle {
    /** So many keys are remembered; with one more, who tried longest ago is forgotten. */
    static final int MOST = 10_000;

    private static final double NANOS_PER_MINUTE = 60e9;

    private static final class Bucket {
        double points;
        long at;
    }

    private final AccountSettings.Pace pace;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    Throttle(AccountSettings.Pace pace) {
        this.pace = pace;
    }

    /** Counts an attempt. Zero: it may be made; else it is not counted, and may be made after that time. */
    synchronized Duration charge(Object key, long now) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.points = pace.burst();
            bucket.at = now;
            buckets.put(key, bucket);
            forget();
        }
        bucket.points = Math.min(pace.burst(), bucket.points + (now - bucket.at) / NANOS_PER_MINUTE * pace.perMinute());
        bucket.at = now;
        if (bucket.points >= 1) {
            bucket.points--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - bucket.points) / pace.perMinute() * NANOS_PER_MINUTE));
    }

    private void forget() {
        if (buckets.size() > MOST) {
            Iterator<Object> eldest = buckets.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Gives an attempt back that was counted. */
    synchronized void refund(Object key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.points = Math.min(pace.burst(), bucket.points + 1);
        }
    }
}
