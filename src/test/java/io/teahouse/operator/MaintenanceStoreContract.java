package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link MaintenanceStore}; one test class per implementation. */
public abstract class MaintenanceStoreContract {
    private static final MaintenanceStore.Notice NOTICE =
            new MaintenanceStore.Notice("back at 12, 茶", "boss", Instant.parse("2026-03-01T12:00:00.123Z"));

    private MaintenanceStore store = create();

    /** Creates an empty store. */
    protected abstract MaintenanceStore create();

    /** Returns the same store as the next server opens it. */
    protected abstract MaintenanceStore reopen(MaintenanceStore same);

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void itIsOffAtFirst() {
        assertThat(answer(store.read())).isEmpty();
    }

    @Test
    void theLastThatWasWrittenIsRead() {
        answer(store.write(Optional.of(new MaintenanceStore.Notice("x", "ann", Instant.EPOCH))));
        answer(store.write(Optional.of(NOTICE)));
        store = reopen(store);
        assertThat(answer(store.read())).contains(NOTICE);
        answer(store.write(Optional.empty()));
        store = reopen(store);
        assertThat(answer(store.read())).isEmpty();
    }
}
