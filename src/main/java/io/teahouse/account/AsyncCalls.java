package io.teahouse.account;

import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the store, which may be away, and to the hashing threads, whose queue may be full. A call that fails or takes
 * too long gives a {@link Result.Refused}; no returned stage fails. Thread-safe.
 */
final class AsyncCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncCalls.class);

    private final Duration storeTimeout;
    private final Hashing hashing;

    AsyncCalls(Duration storeTimeout, Hashing hashing) {
        this.storeTimeout = storeTimeout;
        this.hashing = hashing;
    }

    static <T> CompletionStage<Result<T>> completed(Result<T> result) {
        return CompletableFuture.completedFuture(result);
    }

    /** Asks the store, and continues with its answer. */
    <S, T> CompletionStage<Result<T>> ask(
            Supplier<CompletionStage<S>> question, Function<S, CompletionStage<Result<T>>> then) {
        return orRefused(inTime(question).thenCompose(then), "the account store did not answer");
    }

    private <S> CompletableFuture<S> inTime(Supplier<CompletionStage<S>> question) {
        try {
            CompletableFuture<S> asked = question.get().toCompletableFuture();
            return asked.isDone() ? asked : asked.copy().orTimeout(storeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs work on a hashing thread, when it is that address's turn, and continues with its result. */
    <S, T> CompletionStage<Result<T>> hash(
            InetAddress from, Supplier<S> work, Function<S, CompletionStage<Result<T>>> then) {
        return orRefused(
                hashing.submit(Networks.customer(from), work).thenCompose(then), "a password could not be hashed");
    }

    /** @param trouble for the log */
    private static <T> CompletionStage<Result<T>> orRefused(CompletionStage<Result<T>> stage, String trouble) {
        return stage.exceptionally(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof RejectedExecutionException) {
                return Result.refused(Reason.BUSY, "too many people are logging in just now: try again");
            }
            LOG.warn("{}: {}", trouble, String.valueOf(cause));
            return Result.unavailable();
        });
    }
}
