package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomLog.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions that contain the jobs of several callers. */
class StoreWriterTest {
    static Stream<Named<Supplier<OpenStore>>> stores() {
        return Stream.of(Named.of("SQLite", OpenStore::sqlite), Named.of("PostgreSQL", OpenStore::postgresql));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aJobThatThrowsIsRefusedAloneAndTheStoreStaysAvailable(Supplier<OpenStore> kind) {
        try (OpenStore opened = kind.get()) {
            StoreWriter writer = ((SqlStore) opened.store()).threads().writer();
            TestMessages tea = new TestMessages(opened.store());
            CountDownLatch gate = new CountDownLatch(1);
            CompletableFuture<Integer> first = writer.submit(new SimpleWriteJob<>(session -> {
                        awaitQuietly(gate);
                        return 1;
                    }))
                    .answer;
            CompletableFuture<Integer> wrong = writer.submit(new SimpleWriteJob<Integer>(session -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .answer;
            CompletionStage<Outcome> beside = tea.append(1, "beside it");
            gate.countDown();
            assertThat(answer(first)).isEqualTo(1);
            assertThat(wrong).failsWithin(Duration.ofSeconds(30));
            assertThat(answer(beside)).isEqualTo(Outcome.STORED);
            assertThat(answer(tea.append(2, "after it"))).isEqualTo(Outcome.STORED);
            assertThat(tea.texts()).containsExactly("beside it", "after it");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void anErrorInOneJobEndsThatJobOnly(Supplier<OpenStore> kind) {
        try (OpenStore opened = kind.get()) {
            StoreWriter writer = ((SqlStore) opened.store()).threads().writer();
            TestMessages tea = new TestMessages(opened.store());
            CompletableFuture<Integer> wrong = writer.submit(new SimpleWriteJob<Integer>(session -> {
                        throw new StackOverflowError("on purpose");
                    }))
                    .answer;
            assertThat(wrong).failsWithin(Duration.ofSeconds(30));
            assertThat(answer(tea.append(1, "after it"))).isEqualTo(Outcome.STORED);
            assertThat(tea.texts()).containsExactly("after it");
        }
    }

    /** A job that takes more than half of the queue's bytes. */
    private static final class FailsAfterwards extends WriteJob<Void> {
        private final Supplier<? extends Throwable> why;

        FailsAfterwards(Supplier<? extends Throwable> why) {
            this.why = why;
        }

        @Override
        long bytes() {
            return OpenStore.QUEUE_BYTES / 2 + 1;
        }

        @Override
        void write(SqlSession session) {}

        @Override
        void committed() {
            Throwable thrown = why.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aJobThatFailsAfterTheCommitFreesItsBytesAndTheWriterContinues(Supplier<OpenStore> kind) {
        try (OpenStore opened = kind.get()) {
            StoreWriter writer = ((SqlStore) opened.store()).threads().writer();
            List<Supplier<? extends Throwable>> all =
                    List.of(() -> new IllegalStateException("on purpose"), () -> new StackOverflowError("on purpose"));
            for (Supplier<? extends Throwable> why : all) {
                CompletableFuture<Void> wrong = writer.submit(new FailsAfterwards(why)).answer;
                assertThat(wrong)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withStackTraceContaining("on purpose");
                assertThat(answer(writer.submit(new SimpleWriteJob<>(session -> 1)).answer))
                        .isEqualTo(1);
            }
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
