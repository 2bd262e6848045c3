package io.teahouse.tool.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All processes that this program has started: they end with it, also by Ctrl-C. Thread-safe. */
final class Processes implements AutoCloseable {
    private static final Duration TO_STOP = Duration.ofSeconds(5);

    private boolean isClosed;

    /** Starts one process. */
    interface Start<T> {
        T now() throws IOException;
    }

    /** Runs {@code start}; refuses once this is closed, so that nothing is left over. */
    synchronized <T> T start(Start<T> start) throws IOException {
        if (isClosed) {
            throw new IOException("stopped");
        }
        return start.now();
    }

    /** Ends all of them, and waits for a moment: SIGTERM first, then SIGKILL. */
    @Override
    public synchronized void close() {
        isClosed = true;
        List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
        all.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + TO_STOP.toNanos();
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                each.destroyForcibly();
            }
        }
    }
}
