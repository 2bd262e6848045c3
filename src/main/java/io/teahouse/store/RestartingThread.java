package io.teahouse.store;

import io.teahouse.room.support.FatalErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that restarts its work when it fails, with a line in the log. */
final class RestartingThread {
    private static final Logger LOG = LoggerFactory.getLogger(RestartingThread.class);

    /** Keeps a permanent failure from filling the CPU and the log. */
    private static final long PAUSE_MILLIS = 100;

    private RestartingThread() {}

    /**
     * Creates the thread; the caller starts it.
     *
     * @param work the thread ends when it returns
     */
    static Thread create(String name, Runnable work) {
        Thread thread = new Thread(() -> run(name, work), name);
        thread.setDaemon(true);
        return thread;
    }

    private static void run(String name, Runnable work) {
        boolean done = false;
        while (!done) {
            try {
                work.run();
                done = true;
            } catch (RuntimeException | Error e) {
                FatalErrors.escalate(e);
                LOG.error("thread {} failed; restarting it", name, e);
                done = !pause();
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
