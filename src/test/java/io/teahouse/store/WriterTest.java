package io.teahouse.store;

import static io.teahouse.store.Lines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomLog.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one transaction holds that many have asked for. */
class WriterTest {
    static Stream<Named<Supplier<OpenStore>>> stores() {
        return Stream.of(Named.of("SQLite", OpenStore::sqlite), Named.of("PostgreSQL", OpenStore::postgresql));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatThrowsIsRefusedAloneAndNobodyTakesTheStoreForGone(Supplier<OpenStore> kind) {
        try (OpenStore opened = kind.get()) {
            Writer writer = ((SqlStore) opened.store()).writer();
            Lines tea = new Lines(opened.store());
            CountDownLatch gate = new CountDownLatch(1);
            CompletableFuture<Integer> first = writer.submit(new Writing<>(session -> {
                        awaitQuietly(gate);
                        return 1;
                    }))
                    .answer;
            CompletableFuture<Integer> wrong = writer.submit(new Writing<Integer>(session -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .answer;
            CompletionStage<Outcome> beside = tea.append(1, "beside it");
            gate.countDown();
            assertThat(answer(first)).isEqualTo(1);
            assertThat(wrong).failsWithin(Duration.ofSeconds(10));
            assertThat(answer(beside)).isEqualTo(Outcome.STORED);
            assertThat(answer(tea.append(2, "after it"))).isEqualTo(Outcome.STORED);
            assertThat(tea.texts()).containsExactly("beside it", "after it");
        }
    }

    static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
