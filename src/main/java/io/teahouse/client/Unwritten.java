package io.teahouse.client;

import java.util.ArrayDeque;

/**
 * Tracks which events of one room were shown to a client and are not written yet. Events that are dropped with the
 * connection count as missed: when the client reconnects, it gets them by seq. Positions are bytes since the connection
 * began.
 */
final class Unwritten {
    /**
     * One batch of events.
     *
     * @param end the position of its last byte
     * @param before the seq of the last event before it
     */
    private record Shown(long end, long before) {}

    private static final ArrayDeque<Shown> NONE = new ArrayDeque<>(1);

    private ArrayDeque<Shown> waiting = NONE;

    /**
     * A batch has been shown.
     *
     * @param before the seq of the last event before it
     * @param written the positions of all output up to now
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
     * @param last the seq of the last event that was shown
     */
    long lastTaken(long last, Outbox.Progress written) {
        forget(written);
        return waiting.isEmpty() ? last : waiting.peekFirst().before;
    }
}
