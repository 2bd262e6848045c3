package io.teahouse.room.support;

/**
 * A thread that works in rounds: it runs the queued tasks, then those for the end of the round. Those handle everything
 * that the round has collected: a room publishes once, a connection writes once. The configuration decides which
 * dispatchers have such threads.
 */
public interface Rounds {
    /**
     * Runs a task when the queue is empty or the round has become long, after those that wait already. Must be called
     * on this thread.
     *
     * @param delayNanos the time that must pass before; meanwhile the thread does other work, and reads if there is none
     */
    void atEndOfRound(Runnable task, long delayNanos);

    /** The same on the calling thread. Returns false if that does not work in rounds: then the task is not run. */
    static boolean runAtEnd(Runnable task, long delayNanos) {
        if (Thread.currentThread() instanceof Rounds rounds) {
            rounds.atEndOfRound(task, delayNanos);
            return true;
        }
        return false;
    }
}
