package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderPoolTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    @Test
    void aReadThatHasWaitedTooLongIsRefusedAndNotRun() {
        AtomicBoolean read = new AtomicBoolean();
        CountDownLatch before = new CountDownLatch(1);
        try (FaultyDatabase.Opened opened = FaultyDatabase.open(folder.resolve("tea.db"));
                ReaderPool readers = new ReaderPool(opened.database(), "test", 1, 9, PATIENCE)) {
            readers.read(session -> {
                try {
                    before.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            CompletionStage<Boolean> late = readers.read(session -> read.getAndSet(true));
            long end = System.nanoTime() + PATIENCE.toNanos() + 1;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            before.countDown();
            assertThat(late)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(RejectedExecutionException.class);
            assertThat(read).isFalse();
        }
    }

    @Test
    void anErrorEndsOneReadAndNotTheThread() {
        try (FaultyDatabase.Opened opened = FaultyDatabase.open(folder.resolve("tea.db"));
                ReaderPool readers = new ReaderPool(opened.database(), "test", 1, 9, Duration.ofSeconds(10))) {
            for (int i = 0; i < 2; i++) {
                assertThat(readers.read(session -> {
                            throw new StackOverflowError("on purpose");
                        }))
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withStackTraceContaining("on purpose");
                assertThat(readers.read(session -> 1)).succeedsWithin(Duration.ofSeconds(30));
            }
        }
    }
}
