package io.teahouse.client;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import java.util.ArrayDeque;

/**
 * What waits to be written to one connection: bounded in bytes, filled by the client's actor, emptied by the
 * connection's stage. Thread-safe. It wakes the stage at most once per emptying, so that all that comes in between is
 * one write.
 */
public final class Outbox {
    /** What the stage is to do when it finds the outbox empty. */
    public enum End {
        /** Wait for more. */
        OPEN,
        /** Close the connection in good order. */
        FINISHED,
        /** The same, but nobody waits long for a peer who does not close its side. */
        FINISHED_SOON,
        /** The client does not read, or did wrong: close soon, whether it has read the rest or not. */
        CUT_OFF
    }

    /**
     * How far it has come, in bytes since the connection began.
     *
     * @param offered what was to be written
     * @param taken what the connection's stage has taken of that
     */
    public record Progress(long offered, long taken) {}

    private final int capacity;
    private boolean coalesce = true;
    private Runnable stage = Outbox::nobody;
    private Runnable low = Outbox::nobody;
    private boolean awake;
    private ByteString first = ByteString.emptyByteString();
    private ArrayDeque<ByteString> rest = EMPTY;
    private int size;
    private long offered;

    /** What had been taken when the rest was thrown away; -1: it was not. */
    private long takenAtLast = -1;

    private End end = End.OPEN;

    private static final ArrayDeque<ByteString> EMPTY = new ArrayDeque<>(1);

    /** @param capacity how many bytes may wait, at least 1 */
    public Outbox(int capacity) {
        this.capacity = capacity;
    }

    /** From now on each offer is a write of its own, for peers who take a read for a message. */
    public synchronized void separate() {
        coalesce = false;
    }

    /**
     * Names the stage that empties this outbox, and will look into it once without being woken.
     *
     * @param wake may be called from any thread
     */
    public synchronized void attach(Runnable wake) {
        stage = wake;
        awake = true;
    }

    /** False when it does not fit: then nothing was taken, and the connection should be cut off. */
    public boolean offer(ByteString bytes) {
        Runnable wake = Outbox::nobody;
        synchronized (this) {
            if (end != End.OPEN) {
                offered += takenAtLast < 0 ? 0 : bytes.size();
                return true; // nobody will read it
            }
            if (bytes.size() > capacity - size) {
                return false;
            }
            append(bytes);
            if (!awake) {
                awake = true;
                wake = stage;
            }
        }
        wake.run();
        return true;
    }

    private void append(ByteString bytes) {
        if (size == 0) {
            first = bytes;
        } else {
            if (rest == EMPTY) {
                rest = new ArrayDeque<>();
            }
            rest.addLast(bytes);
        }
        size += bytes.size();
        offered += bytes.size();
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
                takenAtLast = offered - size;
                first = lastWords;
                rest = EMPTY;
                size = lastWords.size();
            }
        }
        close(End.CUT_OFF);
    }

    /** The connection is gone: throws away what waits and what comes. Nobody waits any more until it is read. */
    public void discard() {
        Runnable wake;
        synchronized (this) {
            takenAtLast = takenAtLast < 0 ? offered - size : takenAtLast;
            end = end == End.OPEN ? End.FINISHED : end;
            first = ByteString.emptyByteString();
            rest = EMPTY;
            size = 0;
            wake = low;
            low = Outbox::nobody;
        }
        wake.run();
    }

    private void close(End how) {
        Runnable wake;
        synchronized (this) {
            if (end == End.OPEN || (end == End.FINISHED && how == End.FINISHED_SOON)) {
                end = how;
            }
            awake = true;
            wake = stage;
        }
        wake.run();
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
     * waits, and then the stage is woken by the next offer.
     */
    public ByteString take(int limit) {
        Runnable wake = Outbox::nobody;
        ByteString taken;
        synchronized (this) {
            taken = remove(limit);
            if (isLow()) {
                wake = low;
                low = Outbox::nobody;
            }
        }
        wake.run();
        return taken;
    }

    private ByteString remove(int limit) {
        if (size == 0) {
            awake = false;
            return ByteString.emptyByteString();
        }
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
        return taken;
    }

    private static void nobody() {}
}
