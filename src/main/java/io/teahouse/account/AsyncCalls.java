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
 * What has to be waited for: the store, which may be away, and hashing, whose turn may not come. Whatever goes wrong is an
 * answer; no stage fails. Any thread.
 */
final class AsyncCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncCalls.class);

    private final Duration storeTimeout;
    private final Hashing hashing;

    AsyncCalls(Duration storeTimeout, Hashing hashing) {
        this.storeTimeout = storeTimeout;
        this.hashing = hashing;
    }

    static <T> CompletionStage<Result<T>> answer(Result<T> known) {
        return CompletableFuture.completedFuture(known);
    }

    /** Asks the store, and goes on with what it says. */
    <S, T> CompletionStage<Result<T>> ask(
            Supplier<CompletionStage<S>> question, Function<S, CompletionStage<Result<T>>> then) {
        return settle(inTime(question), then, "the accounts do not answer");
    }

    private <S> CompletableFuture<S> inTime(Supplier<CompletionStage<S>> question) {
        try {
            CompletableFuture<S> asked = question.get().toCompletableFuture();
            return asked.isDone() ? asked : asked.copy().orTimeout(storeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs work on a hashing thread, when it is that address's turn, and continues with the result. */
    <S, T> CompletionStage<Result<T>> hash(
            InetAddress from, Supplier<S> work, Function<S, CompletionStage<Result<T>>> then) {
        return settle(hashing.submit(Networks.customer(from), work), then, "a password could not be hashed");
    }

    private static <S, T> CompletionStage<Result<T>> settle(
            CompletionStage<S> stage, Function<S, CompletionStage<Result<T>>> then, String trouble) {
        return stage.thenCompose(then).exceptionally(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (cause instanceof RejectedExecutionException) {
                return Result.refused(Reason.BUSY, "too many people are logging in just now: try again");
            }
            LOG.warn("{}: {}", trouble, String.valueOf(cause));
            return Result.refused(Reason.AWAY, "accounts cannot be asked just now: try again later");
        });
    }
}
