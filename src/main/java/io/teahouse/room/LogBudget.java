package io.teahouse.room;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the memory of all in-memory logs together. When it is exceeded, the largest logs drop their oldest events
 * until all have the same bound. Thread-safe; an append costs one atomic addition.
 */
public final class LogBudget {
    /** One part in so many of the budget is freed at once, so that not every append has to drop events. */
    private static final int FREE = 8;

    /** One of the logs. Any thread. */
    interface Log {
        /** Its approximate size in bytes. */
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

    /** Adds to the count. */
    void count(long bytes) {
        held.addAndGet(bytes);
    }

    /** The approximate size of all logs in bytes. */
    long held() {
        return held.get();
    }

    /** Shortens the largest logs if the budget is exceeded. Must not be called while holding the lock of a log. */
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

    /** The bound of every log that brings all of them below the budget. */
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
