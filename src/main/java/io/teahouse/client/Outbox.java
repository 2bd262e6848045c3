package io.teahouse.client;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.function.ObjLongConsumer;

/**
 * What waits to be written to one connection: bounded in bytes, filled by the client's actor, emptied by the
 * connection's stage. Thread-safe. It wakes the stage at most once per emptying, so that all that comes in between is
 * one write.
 *
 * <p>All outboxes share a {@link MemoryBudget}, which also counts what the stage has taken and not yet written.
 */
public final class Outbox implements MemoryBudget.Holder {
    /** What the stage is to do when it finds the outbox empty. */
    public enum End {
        /** Wait for more. */
        OPEN,
        /** Close the connection in good order. */
        FINISHED,
        /** The same, but nobody waits long for a peer who does not close its side. */
        FINISHED_SOON,
        /** The client does not read, or did wrong: close soon, whether it has read the rest or not. */
        CUT_OFF,
        /** The budget is exhausted: close at once, unless a last line can be written. */
        ABORTED
    }

    /** About what a piece takes beside its bytes. */
    private static final int PIECE = 64;

    /**
     * How far it has come, in bytes since the connection began.
     *
     * @param offered what was to be written
     * @param taken what the connection's stage has taken of that
     */
    public record Progress(long offered, long taken) {}

    private final int capacity;
    private final MemoryBudget budget;
    private boolean coalesce = true;
    private Stage stage = Outbox::nobody;
    private Runnable low = Outbox::nobody;
    private Runnable givenUp = Outbox::nobody;
    private boolean awake;
    private boolean attached;
    private ByteString first = ByteString.emptyByteString();
    private ArrayDeque<ByteString> rest = EMPTY;
    private int size;
    private long offered;

    /** The pieces that were taken last and are being written, and their number. */
    private ByteString written = ByteString.emptyByteString();

    private int writtenPieces;

    /** The budget made it give up. */
    private boolean isGivenUp;

    /** What had been taken when the rest was thrown away; -1: it was not. */
    private long takenAtLast = -1;

    private End end = End.OPEN;

    private static final ArrayDeque<ByteString> EMPTY = new ArrayDeque<>(1);

    /** @param capacity how many bytes may wait, at least 1 */
    public Outbox(int capacity) {
        this(capacity, MemoryBudget.unlimited());
    }

    /**
     * One of several that share a budget; until it is {@linkplain #discard discarded}.
     *
     * @param capacity how many bytes may wait, at least 1
     */
    public Outbox(int capacity, MemoryBudget budget) {
        this.capacity = capacity;
        this.budget = budget;
        budget.add(this);
    }

    /** Sets what closes the connection when the budget makes this outbox give up; called from any thread. */
    synchronized void whenGivenUp(Runnable then) {
        givenUp = then;
    }

    /** From now on each offer is a write of its own, for peers who take a read for a message. */
    public synchronized void separate() {
        coalesce = false;
    }

    /** What empties an outbox. */
    public interface Stage {
        /** Something waits in the outbox, or its end has come. On any thread. */
        void wake();
    }

    /** Names the stage that empties this outbox, and will look into it once without being woken. */
    public synchronized void attach(Stage stage) {
        this.stage = stage;
        awake = true;
        attached = true;
    }

    /** True once a stage empties this outbox, or has done so. */
    public synchronized boolean isAttached() {
        return attached;
    }

    /** False when it does not fit: then nothing was taken, and the connection should be cut off. */
    public boolean offer(ByteString bytes) {
        Stage woken = Outbox::nobody;
        boolean tooMuch;
        synchronized (this) {
            if (end != End.OPEN) {
                offered += takenAtLast < 0 ? 0 : bytes.size();
                return true; // nobody will read it
            }
            if (isGivenUp || bytes.size() > capacity - size) {
                return false;
            }
            tooMuch = append(bytes);
            if (!awake) {
                awake = true;
                woken = stage;
            }
        }
        woken.wake();
        if (tooMuch) {
            budget.relieve();
        }
        return true;
    }

    /** True: it may be too much for all together. */
    private boolean append(ByteString bytes) {
        if (size == 0) {
            first = bytes;
        } else {
            if (rest == EMPTY) {
                rest = new ArrayDeque<>(1);
            }
            rest.addLast(bytes);
        }
        size += bytes.size();
        offered += bytes.size();
        return budget.take(bytes.size() + PIECE);
    }

    /** Calls {@code then} once, when at most a quarter of what may wait does; from any thread, perhaps at once. */
    public void whenLow(Runnable then) {
        synchronized (this) {
            if (!isLow()) {
                low = then;
                return;
            }
        }
        then.run();
    }

    private boolean isLow() {
        return size <= capacity / 4;
    }

    /** The listener of {@link #whenLow}, which is called once; nobody while too much waits. */
    private Runnable takeLow() {
        if (!isLow()) {
            return Outbox::nobody;
        }
        Runnable listener = low;
        low = Outbox::nobody;
        return listener;
    }

    /** No more will come; what waits is written first. */
    public void finish() {
        close(End.FINISHED);
    }

    /** The same, and soon: the server is about to end. Also for one that is finished already. */
    public void finishSoon() {
        close(End.FINISHED_SOON);
    }

    /** What waits is written first, then these last words; but the client has not for ever to read it. */
    public void cutOff(ByteString lastWords) {
        synchronized (this) {
            if (end == End.OPEN) {
                append(lastWords);
            }
        }
        close(End.CUT_OFF);
    }

    /** Throws away what waits, which the client does not read, but for these last words. */
    public void giveUp(ByteString lastWords) {
        synchronized (this) {
            if (end == End.OPEN) {
                throwAway();
                first = lastWords;
                size = lastWords.size();
                budget.take(size + PIECE);
            }
        }
        close(isGivenUp() ? End.ABORTED : End.CUT_OFF);
    }

    /** What waits. */
    private void throwAway() {
        takenAtLast = takenAtLast < 0 ? offered - size : takenAtLast;
        budget.release(size + (long) PIECE * pieces());
        first = ByteString.emptyByteString();
        rest = EMPTY;
        size = 0;
    }

    private int pieces() {
        return size == 0 ? 0 : 1 + rest.size();
    }

    /** True if it had to give up because all outboxes together held too much, and this one the most. */
    synchronized boolean isGivenUp() {
        return isGivenUp;
    }

    @Override
    public synchronized long held() {
        return isGivenUp ? 0 : size + (long) PIECE * pieces() + written.size() + (long) PIECE * writtenPieces;
    }

    @Override
    public synchronized void pieces(ObjLongConsumer<Object> piece) {
        if (!isGivenUp) {
            tell(piece, written, writtenPieces);
            tell(piece, first, 1);
            rest.forEach(each -> tell(piece, each, 1));
        }
    }

    /** Visits shared pieces as the shared object, and pieces made for this outbox as its own. */
    private static void tell(ObjLongConsumer<Object> piece, ByteString bytes, int pieces) {
        if (!bytes.isEmpty()) {
            piece.accept(bytes, bytes.size() + (long) PIECE * pieces);
        }
    }

    /** Bytes being written are released when the connection is closed, which happens at once. */
    @Override
    public void giveUp() {
        Runnable then;
        synchronized (this) {
            isGivenUp = true;
            if (end == End.OPEN) {
                throwAway();
                then = givenUp;
            } else { // nobody would hear of it
                throwAway();
                end = End.ABORTED;
                then = stage::wake;
            }
        }
        then.run();
    }

    /** The connection is gone: throws away what waits and what comes. Nobody waits any more until it is read. */
    public void discard() {
        Runnable wake;
        synchronized (this) {
            end = end == End.OPEN ? End.FINISHED : end;
            throwAway();
            wasWritten();
            wake = low;
            low = Outbox::nobody;
        }
        budget.remove(this);
        wake.run();
    }

    /** Takes bytes without waiting. */
    public interface Sink {
        /**
         * Writes as much as it can take now.
         *
         * @return how many bytes it has taken, from the beginning
         */
        int write(ByteString first, Collection<ByteString> rest) throws IOException;
    }

    /**
     * Writes what waits without the stage; only when the stage is not writing. True when nothing is left: then the next offer wakes
     * again.
     *
     * @throws IOException as the sink does; everything that it has not taken still waits
     */
    public boolean writeTo(Sink sink) throws IOException {
        Runnable wake;
        boolean isAll;
        synchronized (this) {
            wasWritten();
            while (size > 0) {
                int taken = sink.write(first, coalesce ? rest : EMPTY);
                if (taken == 0) {
                    break;
                }
                removeFirst(taken);
            }
            isAll = size == 0;
            awake = !isAll;
            wake = takeLow();
        }
        wake.run();
        return isAll;
    }

    private void removeFirst(int bytes) {
        int before = pieces();
        int left = bytes;
        size -= bytes;
        while (left >= first.size() && left > 0) {
            left -= first.size();
            first = rest.isEmpty() ? ByteString.emptyByteString() : rest.removeFirst();
        }
        first = left > 0 ? first.drop(left) : first;
        budget.release(bytes + (long) PIECE * (before - pieces()));
    }

    private void wasWritten() {
        if (writtenPieces > 0) {
            budget.release(written.size() + (long) PIECE * writtenPieces);
            written = ByteString.emptyByteString();
            writtenPieces = 0;
        }
    }

    private void close(End how) {
        Stage woken;
        synchronized (this) {
            if (end == End.OPEN || (end == End.FINISHED && how == End.FINISHED_SOON)) {
                end = how;
            }
            awake = true;
            woken = stage;
        }
        woken.wake();
    }

    public synchronized End end() {
        return end;
    }

    public synchronized Progress progress() {
        return new Progress(offered, takenAtLast < 0 ? offered - size : takenAtLast);
    }

    /** How many bytes more may wait. */
    public synchronized int free() {
        return capacity - size;
    }

    /** How many bytes wait. */
    public synchronized int size() {
        return size;
    }

    /**
     * Takes what is to be written next: all that waits, as one, up to about {@code limit} bytes; empty when nothing
     * waits, and then the stage is woken by the next offer. What was taken before has been written by now.
     */
    public ByteString take(int limit) {
        Runnable wake;
        ByteString taken;
        synchronized (this) {
            taken = remove(limit);
            wake = takeLow();
        }
        wake.run();
        return taken;
    }

    private ByteString remove(int limit) {
        wasWritten();
        if (size == 0) {
            awake = false;
            return ByteString.emptyByteString();
        }
        int before = pieces();
        ByteString taken = first;
        if (coalesce && !rest.isEmpty()) {
            ByteStringBuilder builder = ByteString.createBuilder();
            builder.append(first);
            while (!rest.isEmpty() && builder.length() < limit) {
                builder.append(rest.removeFirst());
            }
            taken = builder.result();
        }
        size -= taken.size();
        first = rest.isEmpty() ? ByteString.emptyByteString() : rest.removeFirst();
        written = taken;
        writtenPieces = before - pieces();
        return taken;
    }

    private static void nobody() {}
}
