package io.teahouse.store;

import io.teahouse.room.FatalErrors;

/** A daemon thread whose work begins again when it fails, with a line in the log: nobody else would notice that it is gone. */
final class LastingThread {
    /** So that a failure that does not pass takes neither the CPU nor the log. */
    private static final long PAUSE_MILLIS = 100;

    private LastingThread() {}

    /**
     * Not started yet.
     *
     * @param work is over when it returns
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
                Writer.LOG.error("the thread {} failed and restarts", name, e);
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
