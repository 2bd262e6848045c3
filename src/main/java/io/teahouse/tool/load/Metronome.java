package io.teahouse.tool.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at fixed times. A selector counts in milliseconds, an open loop in microseconds: without this helper
 * messages would leave up to a millisecond late, or the loop would have to spin. It does nothing else; the clients
 * belong to the thread of the selector.
 */
final class Metronome implements AutoCloseable {
    private final Crowd crowd;
    private final long start;
    private final double interval;
    private final Thread thread = new Thread(this::tick, "load-metronome");
    private volatile boolean closed;

    /** Ticks every {@code interval} nanoseconds from {@code start} on, as long as somebody is there to be woken. */
    Metronome(Crowd crowd, long start, double interval) {
        this.crowd = crowd;
        this.start = start;
        this.interval = interval;
        thread.setDaemon(true);
    }

    Metronome begin() {
        thread.start();
        return this;
    }

    private void tick() {
        Selector selector = crowd.selector();
        while (!closed) {
            long turn = (long) Math.max(0, (crowd.now() - start) / interval) + 1;
            long at = start + (long) (turn * interval);
            for (long wait = at - crowd.now(); wait > 0 && !closed; wait = at - crowd.now()) {
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
