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
 * What the queues of all connections may hold together. Where it is exceeded, the connection that holds most lets go of
 * everything first. Thread-safe.
 *
 * <p>To take or release costs one atomic addition. What is counted that way counts the bytes that several connections share,
 * as all members of a room share what is said there, once for each of them; so before anybody is cut off, and as rarely as can
 * be, what is really held is added up: shared bytes once. A large room in which much is said at once is no reason to cut
 * off its members, and nobody can hold memory that is counted nowhere.
 */
public final class MemoryBudget {
    /** One connection's queue. */
    public interface Holder {
        /** How many bytes it holds, as they were taken. */
        long held();

        /** Tells each piece that it holds; the same object stands for what it shares with others. Nothing, once it gave up. */
        void pieces(ObjLongConsumer<Object> piece);

        /** Lets go of everything at once, and has its connection closed. */
        void giveUp();
    }

    /** When some have to go, so many that this part of the budget is free; the next one would be next otherwise. */
    private static final int FREE = 8;

    private final long most;

    /** Since the beginning. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicLong released = new AtomicLong();

    /** Until so much has been taken since the beginning, what is really held cannot be too much. */
    private volatile long enoughUntil;

    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();

    /** @param most bytes, all holders together */
    public MemoryBudget(long most) {
        this.most = most;
        this.enoughUntil = most;
    }

    /** For a queue that nothing else is limited with. */
    static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    void add(Holder holder) {
        holders.add(holder);
    }

    void remove(Holder holder) {
        holders.remove(holder);
    }

    /** True: it may be too much; {@link #relieve} is to be called when no lock of a holder is held. */
    boolean take(long bytes) {
        long now = taken.addAndGet(bytes);
        return now > enoughUntil && now - released.get() > most;
    }

    void release(long bytes) {
        released.addAndGet(bytes);
    }

    /** Bytes that are held, what is shared as often as it is. */
    long held() {
        return taken.get() - released.get();
    }

    /** If too much is held, has those who hold most let go. */
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
                total -= held; // more than it was, if some of it was shared
            }
            total = total();
        }
        enoughUntil = before + Math.max(0, most - total);
    }

    /** What is shared counts once. */
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
