package io.teahouse.client;

import java.util.concurrent.atomic.AtomicLong;

/** Counts on one thread and is read by any: an increment costs a plain addition, because it is done for every delivery. */
public final class ThreadCounter {
    private final AtomicLong count = new AtomicLong();

    /** Only on its thread. Returns the value. */
    long add(int more) {
        long value = count.getPlain() + more;
        count.setOpaque(value);
        return value;
    }

    /** The latest value or a little less. */
    public long sum() {
        return count.getOpaque();
    }
}
