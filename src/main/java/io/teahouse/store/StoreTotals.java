package io.teahouse.store;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** What the threads of a store have done and have to do. Thread-safe; read by those who watch a server. */
public interface StoreTotals {
    /** The transactions so far, successful or not. */
    long batches();

    /** The writes in them: messages, changes of accounts and rooms. */
    long writes();

    /** How long these transactions took, all together. */
    long nanos();

    /** The writes that wait. */
    int queued();

    /** The approximate size of what waits. */
    long queuedBytes();

    /** The messages that are not in the search index yet, approximately; empty: the database keeps its index itself. */
    OptionalLong unindexed();

    /** What was read so far. */
    List<Reads> reads();

    /**
     * Reads of one kind so far.
     *
     * @param kind {@code opening} (rooms and accounts), {@code history} or {@code search}
     * @param count how many, successful or not
     * @param nanos from asking to the answer, all together
     */
    record Reads(String kind, LongAdder count, LongAdder nanos) {
        Reads(String kind) {
            this(kind, new LongAdder(), new LongAdder());
        }
    }

    /** Whether the store is unavailable, so that messages are refused. */
    boolean isAway();
}
