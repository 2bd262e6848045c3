package io.teahouse.client;

import java.util.function.ObjLongConsumer;

/**
 * Counts the input of a connection that its client has not processed yet. Past a limit the connection is not read, so
 * that TCP itself slows down a sender that is faster than the room. Memory of unfinished requests counts, too, but does
 * not stop reading. All windows share a {@link MemoryBudget}. Thread-safe.
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

    /** @param limit the number of waiting bytes at which reading stops */
    public ReadWindow(int limit) {
        this(limit, MemoryBudget.unlimited());
    }

    /**
     * One of several windows that share a budget, until it is closed.
     *
     * @param limit the number of waiting bytes at which reading stops
     */
    public ReadWindow(int limit, MemoryBudget budget) {
        this.limit = limit;
        this.budget = budget;
        budget.add(this);
    }

    /** What reads the connection. */
    public interface Reader {
        /** Resumes reading. Called on any thread. */
        void resume();
    }

    /** Sets the reader to resume. */
    public synchronized void attach(Reader reader) {
        this.reader = reader;
    }

    /** Sets what closes the connection when the budget asks for it; called from any thread. */
    public synchronized void whenGivenUp(Runnable then) {
        givenUp = then;
    }

    /** That many bytes were passed to the client. Returns false if reading must stop until it is resumed. */
    public boolean handed(int bytes) {
        boolean proceed;
        boolean tooMuch;
        synchronized (this) {
            waiting += bytes;
            paused |= waiting >= limit; // count first: otherwise nobody would resume
            proceed = !paused;
            tooMuch = !closed && budget.take(bytes);
        }
        if (tooMuch) {
            budget.relieve();
        }
        return proceed;
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

    /** Sets the memory of the client's unfinished requests: incomplete input, and answers that are not written. */
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

    /** That many bytes were processed. */
    public void taken(int bytes) {
        boolean proceed;
        Reader how;
        synchronized (this) {
            waiting -= bytes;
            proceed = paused && waiting < limit / 2 + 1;
            paused = paused && !proceed;
            how = reader;
            changed(-bytes);
        }
        if (proceed) {
            how.resume();
        }
    }

    /** The client has ended, or will never start: later input is discarded. */
    public void close() {
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
