package io.teahouse.hook;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what hooks do, from the start of the server on. Thread-safe. */
public final class HookTotals {
    /** What became of a message that a program has posted. */
    public enum Outcome {
        ACCEPTED,
        /** It may not be said, or the request is wrong. */
        REFUSED,
        /** The server could not say it, or does not know. */
        FAILED
    }

    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    private final Map<Outcome, LongAdder> received = new EnumMap<>(Outcome.class);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();

    public HookTotals() {
        for (Outcome outcome : Outcome.values()) {
            received.put(outcome, new LongAdder());
        }
    }

    public long received(Outcome outcome) {
        return of(outcome).sum();
    }

    private LongAdder of(Outcome outcome) {
        return Objects.requireNonNull(received.get(outcome));
    }

    /** @param status of HTTP */
    void countReceived(int status) {
        of(status < REFUSED ? Outcome.ACCEPTED : status < FAILED ? Outcome.REFUSED : Outcome.FAILED)
                .increment();
    }

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
