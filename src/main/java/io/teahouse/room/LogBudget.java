package io.teahouse.room;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all logs in memory may hold together. If they hold more, the largest logs drop their oldest events: no log holds more
 * than another one may. Thread-safe; an append costs one atomic addition.
 */
public final class LogBudget {
    /** Logs drop enough to free this part of the budget, so that it does not happen at every append. */
    private static final int FREE = 8;

    /** One of the logs. Any thread. */
    interface Log {
        /** About how many bytes it holds. */
        long bytes();

        /** Drops its oldest events until it holds at most that many bytes. */
        void shorten(long most);
    }

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final Set<Log> logs = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();

    /** @param most bytes, all logs together */
    public LogBudget(long most) {
        this.most = most;
    }

    /** For logs that are bounded in events only. */
    static LogBudget unlimited() {
        return new LogBudget(Long.MAX_VALUE);
    }

    void add(Log log) {
        logs.add(log);
    }

    void remove(Log log) {
        logs.remove(log);
    }

    /** Counts a change. */
    void count(long bytes) {
        held.addAndGet(bytes);
    }

    /** About how many bytes are held. */
    long held() {
        return held.get();
    }

    /** Shortens the largest logs if too much is held. Not to be called with the lock of a log. */
    void relieve() {
        if (held.get() > most && looking.tryLock()) { // one thread is enough
            try {
                long each = share();
                logs.forEach(log -> log.shorten(each));
            } finally {
                looking.unlock();
            }
        }
    }

    /** How much every log may hold, so that all together hold enough less. */
    private long share() {
        List<Long> sizes = logs.stream().map(Log::bytes).sorted().toList();
        long left = most - most / FREE;
        for (int i = 0; i < sizes.size(); i++) {
            long equal = left / (sizes.size() - i);
            if (sizes.get(i) > equal) {
                return equal;
            }
            left -= sizes.get(i);
        }
        return Long.MAX_VALUE;
    }
}
