package io.teahouse.store;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes several may hold together. Thread-safe. */
final class ByteBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** False: so many are not free, and nothing was taken. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }
}
