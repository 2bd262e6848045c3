package io.teahouse.operator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** In memory, lost when the server ends. Thread-safe; every stage is complete. */
public final class MemoryMaintenanceStore implements MaintenanceStore {
    private volatile Optional<Notice> notice = Optional.empty();

    @Override
    public CompletionStage<Optional<Notice>> read() {
        return CompletableFuture.completedFuture(notice);
    }

    @Override
    public CompletionStage<Void> write(Optional<Notice> to) {
        notice = to;
        return CompletableFuture.completedFuture(null);
    }
}
