package io.teahouse.client;

import java.util.ArrayDeque;

/**
 * What of one room was shown to a client and waits to be written, so that it can be told what it missed by seq when it
 * comes back: what is thrown away with the connection counts as missed. Positions are bytes since the connection began.
 */
final class Unwritten {
    /**
     * One batch of events.
     *
     * @param end where its last byte lies
     * @param before the seq of the last event before it
     */
    private record Shown(long end, long before) {}

    private static final ArrayDeque<Shown> NONE = new ArrayDeque<>(1);

    private ArrayDeque<Shown> waiting = NONE;

    /**
     * A batch has been shown.
     *
     * @param before the seq of the last event before it
     * @param written how far everything has come that was shown until now
     */
    void shown(long before, Outbox.Progress written) {
        forget(written);
        if (written.offered() > written.taken()) {
            waiting = waiting == NONE ? new ArrayDeque<>() : waiting;
            waiting.addLast(new Shown(written.offered(), before));
        }
    }

    private void forget(Outbox.Progress written) {
        while (!waiting.isEmpty() && waiting.peekFirst().end <= written.taken()) {
            waiting.removeFirst();
        }
    }

    /**
     * The seq of the last event that the connection has taken.
     *
     * @param last that of the last one that was shown
     */
    long lastTaken(long last, Outbox.Progress written) {
        forget(written);
        return waiting.isEmpty() ? last : waiting.peekFirst().before;
    }
}
