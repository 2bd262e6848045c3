package io.teahouse.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An audit log in memory, lost when the server ends. Thread-safe; every stage is complete. */
public final class MemoryAuditLog implements AuditLog {
    private static final int KEPT = 10_000;

    /** The latest first. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    private long last;

    @Override
    public synchronized CompletionStage<Long> append(Entry entry) {
        last++;
        entries.addFirst(entry.withNumber(last));
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
        return CompletableFuture.completedFuture(last);
    }

    @Override
    public synchronized CompletionStage<List<Entry>> before(long number, int most) {
        return CompletableFuture.completedFuture(entries.stream()
                .filter(each -> each.number() < number)
                .limit(most)
                .toList());
    }
}
