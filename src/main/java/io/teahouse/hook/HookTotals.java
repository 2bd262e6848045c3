package io.teahouse.hook;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what hooks do, from the start of the server on. Thread-safe. */
public final class HookTotals {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();

    /** Events that a receiver has accepted. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that failed. */
    public long failed() {
        return failed.sum();
    }

    /** Events that were given up because too many waited. */
    public long dropped() {
        return dropped.sum();
    }

    /** Events that wait for their receivers, as far as this server knows them. */
    public long waiting() {
        return waiting.get();
    }

    void countDelivered() {
        delivered.increment();
    }

    void countFailed() {
        failed.increment();
    }

    void countDropped(long events) {
        dropped.add(events);
    }

    void changeWaiting(long by) {
        waiting.addAndGet(by);
    }
}
