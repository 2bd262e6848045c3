package io.teahouse.client;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Limits how fast one client may send, by a token bucket: it refills steadily, and each line costs points. A client
 * without points waits. Pure: the caller gives the time.
 */
public final class FloodGuard {
    /**
     * The rules of the bucket.
     *
     * @param enabled false: no client ever waits
     * @param burst the points in a full bucket; a plain line costs 1
     * @param perSecond the points that come back per second
     * @param queueBytes the input that may wait; a client that sends more is disconnected
     */
    public record Rules(boolean enabled, int burst, double perSecond, int queueBytes) {
        /** The rules for several clients together. */
        public Rules times(int several) {
            return new Rules(enabled, burst * several, perSecond * several, queueBytes);
        }
    }

    private final Supplier<Rules> source;
    private double points;
    private long at;

    /** A full bucket at {@code now}, in nanoseconds of a monotonic clock, whose rules do not change. */
    public FloodGuard(Rules rules, long now) {
        this(() -> rules, now);
    }

    /** The same, with the rules of the moment: a reload of the settings changes them. */
    public FloodGuard(Supplier<Rules> source, long now) {
        this.source = source;
        this.points = source.get().burst();
        this.at = now;
    }

    /** Takes the cost if the bucket has it. Returns zero, or how long to wait before the next attempt. */
    public Duration charge(int cost, long now) {
        Duration wait = delay(cost, now);
        if (wait.isZero()) {
            take(cost);
        }
        return wait;
    }

    /** The time until the cost can be taken; takes nothing. */
    Duration delay(int cost, long now) {
        Rules rules = source.get();
        if (!rules.enabled()) {
            return Duration.ZERO;
        }
        points = Math.min(rules.burst(), points + (now - at) / 1e9 * rules.perSecond());
        at = now;
        if (points >= cost || points >= rules.burst()) { // a higher cost than a full bucket waits for a full one
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((Math.min(cost, rules.burst()) - points) / rules.perSecond() * 1e9));
    }

    /** Takes the cost from both buckets, or from none. Returns zero, or how long to wait before the next attempt. */
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

    /** Whether the bucket is full. */
    public boolean isRested(long now) {
        Rules rules = source.get();
        return points + (now - at) / 1e9 * rules.perSecond() >= rules.burst();
    }

    /** Whether so much input waits that the client is to be disconnected. */
    public boolean isExcess(int waitingBytes) {
        Rules rules = source.get();
        return rules.enabled() && waitingBytes > rules.queueBytes();
    }
}
