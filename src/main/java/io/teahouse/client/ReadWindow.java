package io.teahouse.client;

import java.util.function.ObjLongConsumer;

/**
 * How much of what was read for a connection its client has not dealt with yet: past a limit the connection is not
 * read any more, so that a sender who is faster than the room is slowed by TCP itself. What the client holds in the midst
 * of a request counts, too, but stops no reading. All share a {@link MemoryBudget}. Thread-safe.
 */
public final class ReadWindow implements MemoryBudget.Holder {
    private final int limit;
    private final MemoryBudget budget;
    private Reader reader = () -> {};
    private Runnable givenUp = () -> {};
    private int waiting;

    /** The length of the incomplete line. */
    private int begun;

    /** See {@link #hold}. */
    private int held;

    /** See {@link #undelivered}. */
    private int undelivered;

    private boolean paused;
    private boolean isGivenUp;
    private boolean closed;

    /** @param limit how many bytes may wait before reading stops */
    public ReadWindow(int limit) {
        this(limit, MemoryBudget.unlimited());
    }

    /**
     * One of several that share a budget; until it is closed.
     *
     * @param limit how many bytes may wait before reading stops
     */
    public ReadWindow(int limit, MemoryBudget budget) {
        this.limit = limit;
        this.budget = budget;
        budget.add(this);
    }

    /** What reads the connection. */
    public interface Reader {
        /** Goes on reading. On any thread. */
        void resume();
    }

    /** Names who goes on reading. */
    public synchronized void attach(Reader reader) {
        this.reader = reader;
    }

    /** Sets what closes the connection when the budget asks for it; called from any thread. */
    synchronized void whenGivenUp(Runnable then) {
        givenUp = then;
    }

    /** So many bytes were handed over. False: read no more until told to resume. */
    public boolean handed(int bytes) {
        boolean goOn;
        boolean tooMuch;
        synchronized (this) {
            waiting += bytes;
            paused |= waiting >= limit; // until told to resume, or nobody would tell
            goOn = !paused;
            tooMuch = !closed && budget.take(bytes);
        }
        if (tooMuch) {
            budget.relieve();
        }
        return goOn;
    }

    /** That many bytes of an incomplete line have arrived. */
    public void begun(int bytes) {
        boolean tooMuch = false;
        synchronized (this) {
            int more = bytes - begun;
            if (more != 0) {
                begun = bytes;
                tooMuch = changed(more);
            }
        }
        if (tooMuch) {
            budget.relieve();
        }
    }

    /** That many bytes were received and not handed over yet, because their TLS record or frame is incomplete. */
    public void undelivered(int bytes) {
        boolean tooMuch = false;
        synchronized (this) {
            int more = bytes - undelivered;
            if (more != 0) {
                undelivered = bytes;
                tooMuch = changed(more);
            }
        }
        if (tooMuch) {
            budget.relieve();
        }
    }

    /** What the client's unfinished requests hold: incomplete input, answers that are not written. */
    void hold(int bytes) {
        boolean tooMuch = false;
        synchronized (this) {
            int more = bytes - held;
            if (more != 0) {
                held = bytes;
                tooMuch = changed(more);
            }
        }
        if (tooMuch) {
            budget.relieve();
        }
    }

    private boolean changed(int more) {
        if (closed) {
            return false;
        } else if (more < 0) {
            budget.release(-more);
            return false;
        }
        return budget.take(more);
    }

    /** So many bytes were dealt with. */
    public void taken(int bytes) {
        boolean goOn;
        Reader how;
        synchronized (this) {
            waiting -= bytes;
            goOn = paused && waiting < limit / 2 + 1;
            paused = paused && !goOn;
            how = reader;
            changed(-bytes);
        }
        if (goOn) {
            how.resume();
        }
    }

    /** The client has ended: later input is discarded. */
    void close() {
        synchronized (this) {
            if (!closed) {
                budget.release(sum());
                closed = true;
            }
        }
        budget.remove(this);
    }

    private long sum() {
        return (long) waiting + begun + held + undelivered;
    }

    @Override
    public synchronized long held() {
        return isGivenUp || closed ? 0 : sum();
    }

    @Override
    public void pieces(ObjLongConsumer<Object> piece) {
        piece.accept(this, held());
    }

    /** The client discards it when its turn comes, which is soon. */
    @Override
    public void giveUp() {
        Runnable then;
        synchronized (this) {
            isGivenUp = true;
            then = givenUp;
        }
        then.run();
    }
}
