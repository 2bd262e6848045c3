package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
    @Test
    void whatIsSwitchedOnWhileTheStoreIsReadStaysOn() {
        MemoryMaintenanceStore stored = new MemoryMaintenanceStore();
        CompletableFuture<Optional<MaintenanceStore.Notice>> first = new CompletableFuture<>();
        Maintenance maintenance = new Maintenance(new MaintenanceStore() {
            @Override
            public CompletionStage<Optional<Notice>> read() {
                return first.isDone() ? stored.read() : first;
            }

            @Override
            public CompletionStage<Void> write(Optional<Notice> notice) {
                return stored.write(notice);
            }
        });
        CompletionStage<Maintenance> loaded = maintenance.load();
        maintenance
                .set(Optional.of(new MaintenanceStore.Notice("back at noon", "boss", Instant.EPOCH)))
                .toCompletableFuture()
                .join();
        first.complete(Optional.empty());
        assertThat(loaded.toCompletableFuture().join().refusal()).isPresent();
    }
}
