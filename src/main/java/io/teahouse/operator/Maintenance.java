package io.teahouse.operator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether nobody new may come in, in memory, so that asking costs no time. Thread-safe. */
public final class Maintenance {
    private final MaintenanceStore stored;
    private volatile Optional<MaintenanceStore.Notice> notice = Optional.empty();

    /** How often it was switched on or off. */
    private int changes;

    /** Off, before {@link #load}. */
    public Maintenance(MaintenanceStore stored) {
        this.stored = stored;
    }

    /** Reads what is stored; again, if it is switched on or off meanwhile. */
    public CompletionStage<Maintenance> load() {
        int before = changes();
        return stored.read()
                .thenCompose(found -> replace(found, before) ? CompletableFuture.completedFuture(this) : load());
    }

    private synchronized int changes() {
        return changes;
    }

    private synchronized boolean replace(Optional<MaintenanceStore.Notice> found, int before) {
        boolean unchanged = changes == before;
        if (unchanged) {
            notice = found;
        }
        return unchanged;
    }

    /** Empty: it is off. */
    public Optional<MaintenanceStore.Notice> notice() {
        return notice;
    }

    /** Why nobody new may come in, in one line for them; empty: they may. */
    public Optional<String> refusal() {
        return notice.map(it -> "nobody new can come in for now: " + it.text());
    }

    /** Stores it; then it is in force. */
    CompletionStage<Void> set(Optional<MaintenanceStore.Notice> to) {
        return stored.write(to).thenAccept(done -> change(to));
    }

    private synchronized void change(Optional<MaintenanceStore.Notice> to) {
        changes++;
        notice = to;
    }
}
