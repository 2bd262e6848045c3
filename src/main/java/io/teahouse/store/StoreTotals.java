package io.teahouse.store;

/** What the writer of a store has done and has to do. Thread-safe; read by those who watch a server. */
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

    /** Whether the store is unavailable, so that messages are refused. */
    boolean isAway();
}
