package io.teahouse.operator;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whether nobody new may come in, in memory, so that asking costs no time. Thread-safe. */
public final class Maintenance {
    private final MaintenanceStore stored;
    private volatile Optional<MaintenanceStore.Notice> notice = Optional.empty();

    /** Off, before {@link #load}. */
    public Maintenance(MaintenanceStore stored) {
        this.stored = stored;
    }

    /** Reads what is stored. */
    public CompletionStage<Maintenance> load() {
        return stored.read().thenApply(found -> {
            notice = found;
            return this;
        });
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
        return stored.write(to).thenAccept(done -> notice = to);
    }
}
