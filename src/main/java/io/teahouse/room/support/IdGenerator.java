package io.teahouse.room.support;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates ids that are unique across nodes and restarts: from the highest bit, 41 bits of time (milliseconds since
 * 2026-01-01, until 2095), 12 bits that count within the millisecond, and 10 bits for the node's slot. Ids of one
 * generator increase, even when the clock is set back or a millisecond has no ids left: the time in them then runs
 * ahead. Thread-safe.
 */
public final class IdGenerator {
    /** The number of slots, 0 to 1023. */
    public static final int SLOTS = 1 << 10;

    private static final int SLOT_BITS = 10;
    private static final int COUNTER_BITS = 12;
    private static final int RADIX = 32;

    /** The number of base-32 digits for 63 bits. */
    private static final int DIGITS = 13;

    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    /** One per process: two generators with the same slot would collide. */
    private static final IdGenerator PROCESS =
            new IdGenerator(ThreadLocalRandom.current().nextInt(SLOTS), InstantSource.system());

    private final InstantSource clock;
    private volatile int slot;

    /** Time and counter of the latest id. */
    private final AtomicLong latest = new AtomicLong();

    /**
     * @param slot 0 to 1023; no other generator that runs at the same time may have it
     * @throws IllegalArgumentException if there is no such slot
     */
    public IdGenerator(int slot, InstantSource clock) {
        this.clock = clock;
        this.slot = checked(slot);
    }

    /** The generator of this process. Its slot is random until {@link #useSlot} sets one. */
    public static IdGenerator process() {
        return PROCESS;
    }

    /**
     * Sets the slot that the cluster has assigned to this node.
     *
     * @throws IllegalArgumentException if there is no such slot
     */
    public void useSlot(int assigned) {
        slot = checked(assigned);
    }

    private static int checked(int slot) {
        if (slot < 0 || slot >= SLOTS) {
            throw new IllegalArgumentException("not a slot of a node: " + slot);
        }
        return slot;
    }

    /** A positive number. */
    public long next() {
        long now = Math.max(0, clock.millis() - EPOCH) << COUNTER_BITS;
        return latest.updateAndGet(last -> Math.max(now, last + 1)) << SLOT_BITS | slot;
    }

    /** The next id as 13 base-32 digits, {@code 0} to {@code v}; their order as texts is that of the ids. */
    public String nextText() {
        String digits = Long.toString(next(), RADIX);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
