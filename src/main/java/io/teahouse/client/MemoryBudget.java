package io.teahouse.client;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;

/**
 * The memory budget for the queues of all connections. When it is exceeded, the connection that holds the most is
 * closed first. Thread-safe.
 *
 * <p>Taking and releasing costs one atomic addition. That count includes bytes that several connections share, such as
 * a room's messages, once for each of them. So before a connection is closed, and as rarely as possible, the real sum
 * is computed, with shared bytes counted once. A busy large room is no reason to disconnect its members, and no
 * connection holds memory that is not counted.
 */
public final class MemoryBudget {
    /** One connection's queue. */
    public interface Holder {
        /** The number of bytes that it has taken and not released. */
        long held();

        /**
         * Visits each piece that it holds; shared pieces are the same object for all holders. Nothing after it gave up.
         */
        void pieces(ObjLongConsumer<Object> piece);

        /** Drops everything at once, and closes its connection. */
        void giveUp();
    }

    /**
     * When holders have to give up, one part in so many of the budget is freed, so that it does not happen again at
     * once.
     */
    private static final int FREE = 8;

    private final long most;

    /** Since the beginning. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicLong released = new AtomicLong();

    /** Until this much has been taken since the start, the real sum cannot be too much. */
    private volatile long enoughUntil;

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();

    /** @param most bytes, all holders together */
    public MemoryBudget(long most) {
        this.most = most;
        this.enoughUntil = most;
    }

    /** For a queue without a common budget. */
    static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    void add(Holder holder) {
        holders.add(holder);
    }

    void remove(Holder holder) {
        holders.remove(holder);
    }

    /** Returns whether the budget may be exceeded; then call {@link #relieve} without holding the lock of a holder. */
    boolean take(long bytes) {
        long now = taken.addAndGet(bytes);
        return now > enoughUntil && now - released.get() > most;
    }

    void release(long bytes) {
        released.addAndGet(bytes);
    }

    /** Held bytes; shared ones count once for each holder. */
    public long held() {
        return taken.get() - released.get();
    }

    /** Makes the largest holders give up if the budget is exceeded. */
    void relieve() {
        if (looking.tryLock()) { // one thread is enough
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
    }

    private void look() {
        long before = taken.get();
        long total = total();
        if (total > most) {
            List<Holder> largest = holders.stream()
                    .sorted(Comparator.comparingLong(Holder::held).reversed())
                    .toList();
            for (int i = 0; i < largest.size() && total > most - most / FREE; i++) {
                long held = largest.get(i).held();
                largest.get(i).giveUp();
                total -= held; // an upper bound, if some of it was shared
            }
            total = total();
        }
        enoughUntil = before + Math.max(0, most - total);
    }

    /** The sum, with shared bytes counted once. */
    private long total() {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long[] sum = {0};
        for (Holder each : holders) {
            each.pieces((piece, bytes) -> {
                if (seen.add(piece)) {
                    sum[0] += bytes;
                }
            });
        }
        return sum[0];
    }
}
