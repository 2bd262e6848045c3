package io.teahouse.tool.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the selector at fixed times, from a thread of its own. A selector waits in milliseconds: without this timer,
 * messages would leave up to a millisecond late, or the event loop would have to spin.
 */
final class WakeupTimer implements AutoCloseable {
    private final Clients clients;
    private final long start;
    private final double interval;
    private final Thread thread = new Thread(this::tick, "load-wakeup");
    private volatile boolean closed;

    /** A timer that ticks every {@code interval} nanoseconds from {@code start} on, until it is closed. */
    WakeupTimer(Clients clients, long start, double interval) {
        this.clients = clients;
        this.start = start;
        this.interval = interval;
        thread.setDaemon(true);
    }

    WakeupTimer begin() {
        thread.start();
        return this;
    }

    private void tick() {
        Selector selector = clients.selector();
        while (!closed) {
            long turn = (long) Math.max(0, (clients.now() - start) / interval) + 1;
            long at = start + (long) (turn * interval);
            for (long wait = at - clients.now(); wait > 0 && !closed; wait = at - clients.now()) {
                LockSupport.parkNanos(this, wait);
            }
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
