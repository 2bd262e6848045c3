package io.teahouse.client;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The send queue of one connection: bounded in bytes, filled by the client's actor, emptied by the connection's stage.
 * Thread-safe. It wakes the stage at most once until that has emptied it, so that everything in between is one write.
 *
 * <p>All outboxes share a {@link MemoryBudget}, which also counts what the stage has taken and not yet written.
 */
public final class Outbox implements MemoryBudget.Holder {
    /** What the stage does when the outbox is empty. */
    public enum End {
        /** Waits for more. */
        OPEN,
        /** Closes the connection in good order. */
        FINISHED,
        /** The same, but does not wait long for a peer that does not close its side. */
        FINISHED_SOON,
        /** The client does not read, or broke a rule: closes soon, even if the rest is not read. */
        CUT_OFF,
        /** The budget is exhausted: closes at once, unless a last line can be written. */
        ABORTED
    }

    /** The approximate memory of a piece without its bytes. */
    private static final int PIECE = 64;

    /**
     * Positions in the output, in bytes since the connection began.
     *
     * @param offered the end of all offered output
     * @param taken the end of the output that the connection's stage has taken
     */
    public record Progress(long offered, long taken) {}

    private static final Runnable NOBODY = Outbox::nobody;

    private final int capacity;
    private final MemoryBudget budget;
    private boolean coalesce = true;
    private Stage stage = Outbox::nobody;
    private Runnable low = NOBODY;
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

    /** Whether the budget made it give up. */
    private boolean isGivenUp;

    /** The position up to which output had been taken when the rest was dropped; -1: nothing was dropped. */
    private long takenAtLast = -1;

    private End end = End.OPEN;
    private volatile @Nullable Duration retryAfter;

    private static final ArrayDeque<ByteString> EMPTY = new ArrayDeque<>(1);

    /** @param capacity the maximum number of waiting bytes, at least 1 */
    public Outbox(int capacity) {
        this(capacity, MemoryBudget.unlimited());
    }

    /**
     * One of several outboxes that share a budget, until it is {@linkplain #discard discarded}.
     *
     * @param capacity the maximum number of waiting bytes, at least 1
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

    /** Makes each later offer a write of its own, for peers that take each read as a message. */
    public synchronized void separate() {
        coalesce = false;
    }

    /** The stage that empties an outbox. */
    public interface Stage {
        /** The outbox is not empty any more, or has ended. Called on any thread. */
        void wake();
    }

    /** Sets the stage that empties this outbox. It has to check the outbox once without being woken. */
    public synchronized void attach(Stage stage) {
        this.stage = stage;
        awake = true;
        attached = true;
    }

    /** Whether a stage has been attached. */
    public synchronized boolean isAttached() {
        return attached;
    }

    /** Returns false if the bytes do not fit: then none are added, and the connection should be closed. */
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

    /** Returns whether the budget may be exceeded. */
    private boolean append(ByteString bytes) {
        if (bytes.isEmpty()) {
            return false;
        }
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

    /** Calls {@code then} once, when the outbox is at most a quarter full; from any thread, perhaps at once. */
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

    /** Removes and returns the listener of {@link #whenLow} if the outbox is low; a no-op otherwise. */
    private Runnable takeLow() {
        if (low == NOBODY || !isLow()) {
            return NOBODY;
        }
        Runnable listener = low;
        low = NOBODY;
        return listener;
    }

    /** Ends the output; waiting bytes are written first. */
    public void finish() {
        close(End.FINISHED);
    }

    /** When the client should connect again; a transport that can say so does when the output ends. */
    public void retryAfter(Duration time) {
        retryAfter = time;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The same, soon, because the server is about to end; also if it is finished already. */
    public void finishSoon() {
        close(End.FINISHED_SOON);
    }

    /** Ends the output with these last words after the waiting bytes; the client has limited time to read them. */
    public void cutOff(ByteString lastWords) {
        synchronized (this) {
            if (end == End.OPEN) {
                append(lastWords);
            }
        }
        close(End.CUT_OFF);
    }

    /** Drops the waiting bytes, which the client does not read, and ends the output with these last words. */
    public void giveUp(ByteString lastWords) {
        synchronized (this) {
            if (end == End.OPEN) {
                throwAway();
                first = lastWords;
                size = lastWords.size();
                budget.take(size + (long) PIECE * pieces());
            }
        }
        close(isGivenUp() ? End.ABORTED : End.CUT_OFF);
    }

    /** The waiting pieces. */
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

    /** Whether the budget made it give up, because it held the most. */
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
            } else { // no listener would be called
                throwAway();
                end = End.ABORTED;
                then = stage::wake;
            }
        }
        then.run();
    }

    /** The connection is closed: drops waiting and later bytes, and calls the waiting listener. */
    public void discard() {
        Runnable wake;
        synchronized (this) {
            end = end == End.OPEN ? End.FINISHED : end;
            throwAway();
            wasWritten();
            wake = low;
            low = NOBODY;
        }
        budget.remove(this);
        wake.run();
    }

    /** Takes bytes without blocking. */
    public interface Sink {
        /**
         * Writes as many bytes as it can take now.
         *
         * @return the number of bytes that it has taken, from the beginning
         */
        int write(ByteString first, Collection<ByteString> rest) throws IOException;
    }

    /**
     * Writes waiting bytes without the stage; only while the stage is not writing. Returns whether nothing is left:
     * then the next offer wakes the stage again. An outbox that has ended is left to the stage, which may have earlier
     * bytes: then it returns false.
     *
     * @throws IOException if the sink does; everything that it has not taken still waits
     */
    public boolean writeTo(Sink sink) throws IOException {
        Runnable wake;
        boolean isAll;
        synchronized (this) {
            if (end != End.OPEN) {
                return false;
            }
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

    /** The number of bytes that still fit. */
    public synchronized int free() {
        return capacity - size;
    }

    /** The number of waiting bytes. */
    public synchronized int size() {
        return size;
    }

    /**
     * Takes the bytes to write next: all waiting ones, up to about {@code limit}. Empty if nothing waits; then the next
     * offer wakes the stage. The bytes that were taken before count as written.
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
