package io.teahouse.store;

import java.util.concurrent.atomic.AtomicLong;

/** Limits how many bytes several owners may hold together. Thread-safe. */
final class ByteBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Reserves bytes. Returns false, and reserves nothing, if they are not free. */
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
