package io.teahouse.room.support;

/**
 * A thread that works in rounds: it runs what is queued, and then what waits for the end of the round. A task that waits there takes
 * along all that the round has collected for it: a room publishes once, a connection writes once. The threads of dispatchers are
 * such where the configuration says so.
 */
public interface Rounds {
    /**
     * Runs a task when the queue is empty or the round has become long; after those that wait already. Must be called on this
     * thread.
     */
    void atEndOfRound(Runnable task);

    /** The same on the calling thread. False if it does not work in rounds: then the task will not be run. */
    static boolean end(Runnable task) {
        if (Thread.currentThread() instanceof Rounds rounds) {
            rounds.atEndOfRound(task);
            return true;
        }
        return false;
    }
}
