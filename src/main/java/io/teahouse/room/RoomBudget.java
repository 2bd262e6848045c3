package io.teahouse.room;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that all rooms together use for one purpose. When it is used up, a room below an equal share may
 * still grow, so that a user who opens many rooms does not starve the others. At most twice the bound is used.
 * Thread-safe.
 */
public final class RoomBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** The number of rooms that use any. */
    private final AtomicInteger rooms = new AtomicInteger();

    /** @param most bytes, all rooms together */
    public RoomBudget(long most) {
        this.most = most;
    }

    /** For a room that shares no bound with others. */
    public static RoomBudget unlimited() {
        return new RoomBudget(Long.MAX_VALUE / 2);
    }

    /** The approximate number of bytes in use. */
    public long used() {
        return used.get();
    }

    /** Creates the share of a new room. */
    Share share() {
        return new Share();
    }

    /** The memory that one room uses. Not thread-safe. */
    final class Share {
        private long own;

        /** Whether the room may not use so many more bytes. */
        boolean isFullWith(long more) {
            return used.get() + more > most && own + more > most / Math.max(1, rooms.get());
        }

        /** Changes the memory that the room uses. */
        void add(long more) {
            long before = own;
            own += more;
            used.addAndGet(more);
            if (before == 0 && own > 0) {
                rooms.incrementAndGet();
            } else if (before > 0 && own == 0) {
                rooms.decrementAndGet();
            }
        }

        /** The room has ended. */
        void close() {
            add(-own);
        }
    }
}
