package io.teahouse.client;

/**
 * How much of what was read from a connection its client has not dealt with yet: past a limit the connection is not
 * read any more, so that a sender who is faster than the room is slowed by TCP itself. Thread-safe.
 */
public final class Intake {
    private final int limit;
    private Runnable resume = () -> {};
    private int waiting;
    private boolean paused;

    /** @param limit how many bytes may wait before reading stops */
    public Intake(int limit) {
        this.limit = limit;
    }

    /** Names who goes on reading; {@code resume} may be called from any thread. */
    public synchronized void attach(Runnable resume) {
        this.resume = resume;
    }

    /** So many bytes were handed over. False: read no more until told to resume. */
    public synchronized boolean handed(int bytes) {
        waiting += bytes;
        paused |= waiting >= limit; // until told to resume, or nobody would tell
        return !paused;
    }

    /** So many bytes were dealt with. */
    public void taken(int bytes) {
        boolean goOn;
        Runnable how;
        synchronized (this) {
            waiting -= bytes;
            goOn = paused && waiting < limit / 2 + 1;
            paused = paused && !goOn;
            how = resume;
        }
        if (goOn) {
            how.run();
        }
    }
}
