package io.teahouse.account;

import io.teahouse.room.FatalErrors;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads on which passwords are hashed, and on no others: a few at a time, some more may wait, and whoever comes then is
 * told so. Many logins therefore cost the chat at most these threads. There are none while nobody logs in.
 */
final class Hashing {
    private static final int IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ThreadPoolExecutor threads;

    /**
     * No thread runs yet.
     *
     * @param most at a time
     * @param queue how many more may wait
     */
    Hashing(int most, int queue) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), Hashing::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "teahouse-hashing-" + NUMBERS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Has it done when its turn comes. Empty: too much waits already. */
    <T> Optional<CompletionStage<T>> submit(Supplier<T> work) {
        try {
            return Optional.of(CompletableFuture.supplyAsync(() -> run(work), threads));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    /** Whoever waits for the answer would take any failure for one of this attempt. */
    private static <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            FatalErrors.escalate(e);
            throw e;
        }
    }
}
