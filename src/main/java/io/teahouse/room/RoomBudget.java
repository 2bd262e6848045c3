package io.teahouse.room;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all rooms together may use for one purpose. Where that is used up, a room that uses no more than an equal
 * share may still use more: nobody takes away what others need by opening rooms of their own. So at most twice as
 * much is used. Thread-safe.
 */
public final class RoomBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** Those that use any. */
    private final AtomicInteger rooms = new AtomicInteger();

    /** @param most bytes, all rooms together */
    public RoomBudget(long most) {
        this.most = most;
    }

    /** For a room that nothing else is limited with. */
    public static RoomBudget unlimited() {
        return new RoomBudget(Long.MAX_VALUE / 2);
    }

    /** About how many bytes are used. */
    public long used() {
        return used.get();
    }

    /** For one room, which uses nothing yet. */
    Share share() {
        return new Share();
    }

    /** What one room uses. Not thread-safe. */
    final class Share {
        private long own;

        /** Whether the room may use no more beside so many bytes. */
        boolean isFullWith(long more) {
            return used.get() + more > most && own + more > most / Math.max(1, rooms.get());
        }

        /** The room uses more, or less. */
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

        /** The room uses nothing any more. */
        void close() {
            add(-own);
        }
    }
}
