package io.teahouse.client;

import java.time.Duration;

/**
 * How fast one client may send: a bucket of points that fills steadily; each line costs some. Who has none left
 * waits. Pure: time comes in from outside.
 */
public final class FloodGuard {
    /**
     * The rules of the bucket.
     *
     * @param enabled false: nobody ever waits
     * @param burst how many points a full bucket holds; a plain line costs 1
     * @param perSecond how many points come back in a second
     * @param queueBytes how much input may wait; who sends more is cut off
     */
    public record Rules(boolean enabled, int burst, double perSecond, int queueBytes) {
        /** For several together. */
        public Rules times(int several) {
            return new Rules(enabled, burst * several, perSecond * several, queueBytes);
        }
    }

    private final Rules rules;
    private double points;
    private long at;

    /** A full bucket at {@code now}, in nanoseconds of any clock that does not jump. */
    public FloodGuard(Rules rules, long now) {
        this.rules = rules;
        this.points = rules.burst();
        this.at = now;
    }

    /** Takes the cost if it is there. Zero: go on; else how long to wait before asking again. */
    public Duration charge(int cost, long now) {
        Duration wait = delay(cost, now);
        if (wait.isZero()) {
            take(cost);
        }
        return wait;
    }

    /** How long until the cost can be taken; takes nothing. */
    Duration delay(int cost, long now) {
        if (!rules.enabled()) {
            return Duration.ZERO;
        }
        points = Math.min(rules.burst(), points + (now - at) / 1e9 * rules.perSecond());
        at = now;
        if (points >= cost || points >= rules.burst()) { // what costs more than a full bucket waits for a full one
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((Math.min(cost, rules.burst()) - points) / rules.perSecond() * 1e9));
    }

    /** Takes the cost from both buckets, or from none. Zero: go on; else how long to wait before trying again. */
    public static Duration chargeBoth(FloodGuard one, FloodGuard other, int cost, long now) {
        Duration wait = one.delay(cost, now);
        Duration longer = other.delay(cost, now);
        if (wait.isZero() && longer.isZero()) {
            one.take(cost);
            other.take(cost);
        }
        return wait.compareTo(longer) > 0 ? wait : longer;
    }

    /** Takes the cost even if the bucket has less. */
    void take(int cost) {
        points -= cost;
    }

    /** True when all points that a bucket can hold are back. */
    public boolean isRested(long now) {
        return points + (now - at) / 1e9 * rules.perSecond() >= rules.burst();
    }

    /** True when so much input waits that the client is to be cut off. */
    public boolean isExcess(int waitingBytes) {
        return rules.enabled() && waitingBytes > rules.queueBytes();
    }
}
