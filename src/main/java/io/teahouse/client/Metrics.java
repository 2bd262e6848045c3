package io.teahouse.client;

import io.teahouse.room.Refusal;

/**
 * Port: what is counted of all clients together. Called by clients on their threads, for each message or less often, so it
 * must be fast and must not fail.
 */
public interface Metrics {
    /** Counts nothing, for applications that have no use for it. */
    Metrics NONE = new Metrics() {
        @Override
        public void opened(String door) {}

        @Override
        public void closed(String door) {}

        @Override
        public void accepted(long nanos) {}

        @Override
        public void refused(Refusal.Reason reason) {}

        @Override
        public void repeated() {}

        @Override
        public void inDoubt() {}

        @Override
        public void cutOff(CutOff why) {}

        @Override
        public void delayed() {}

        @Override
        public void delivered(long nanos) {}

        @Override
        public ThreadCounter deliveries() {
            return new ThreadCounter();
        }
    };

    /** How many deliveries there are for one that is measured. */
    int SAMPLE = 64;

    /** Why the server ended a connection. */
    enum CutOff {
        /** Its own send queue was full. */
        SEND_QUEUE,
        /** The queues of all connections were full, and it had the longest. */
        MEMORY,
        /** It sent too fast for too long. */
        FLOOD,
        /** Nothing was heard of it for too long. */
        SILENCE
    }

    /** A connection has a client now. */
    void opened(String door);

    /** The client of a connection has ended. */
    void closed(String door);

    /**
     * A message was shown to its room, and its sender has the receipt.
     *
     * @param nanos since the client took it from its input
     */
    void accepted(long nanos);

    /** A message was refused; nobody saw it. */
    void refused(Refusal.Reason reason);

    /** A message was a retry of one that had been shown. */
    void repeated();

    /** Whether a message is stored is unknown. It may be counted as accepted or refused later. */
    void inDoubt();

    void cutOff(CutOff why);

    /** A request has to wait, because the client or its address has used up its points. */
    void delayed();

    /**
     * Events are in the send queue of a connection. Called for every {@value #SAMPLE}th delivery or so, because there are many.
     *
     * @param nanos since the room published them
     */
    void delivered(long nanos);

    /** Counts the events that clients of the calling thread show; for one client, which stays on this thread. */
    ThreadCounter deliveries();
}
