package io.teahouse.tool.load;

/**
 * Sends messages at fixed times whatever the server does. A message carries the time at which it should have been sent: if
 * server or generator falls behind, the waiting is part of the latency (no coordinated omission).
 */
final class OpenLoop {
    private final Clients clients;
    private final char kind;
    private final int[] order;
    private final long start;
    private final double gap;
    private final TimeWindow window;
    private long sent;
    private long sentInWindow;
    private long maxLateness;

    /**
     * Makes a loop that starts at {@code start}.
     *
     * @param kind of the messages
     * @param order in which the clients send, by their numbers
     * @param gap nanoseconds between two messages of any client
     */
    OpenLoop(Clients clients, char kind, int[] order, long start, double gap, TimeWindow window) {
        this.clients = clients;
        this.kind = kind;
        this.order = order;
        this.start = start;
        this.gap = gap;
        this.window = window;
    }

    /** Sends what should have been sent by {@code now}; returns when the next message is due. */
    long send(long now) {
        long next = due();
        for (; next <= now && next < window.end(); next = due()) {
            clients.sendMessage(clients.get(order[(int) (sent % order.length)]), kind, next);
            if (next >= window.begin()) {
                sentInWindow++;
                maxLateness = Math.max(maxLateness, now - next);
            }
            sent++;
        }
        return next;
    }

    private long due() {
        return start + (long) (sent * gap);
    }

    TimeWindow window() {
        return window;
    }

    long sent() {
        return sent;
    }

    long sentInWindow() {
        return sentInWindow;
    }

    /** The generator's own worst lateness in the window, in nanoseconds. */
    long maxLateness() {
        return maxLateness;
    }
}
