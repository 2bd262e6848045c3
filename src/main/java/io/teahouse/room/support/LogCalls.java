package io.teahouse.room.support;

import akka.actor.typed.javadsl.ActorContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** How an actor asks a log: an answer that is there at once is handled at once, any other comes as a message. */
public final class LogCalls {
    private LogCalls() {}

    /**
     * Asks, and handles the answer in the actor.
     *
     * @param question may also throw, which counts as a failed answer
     * @param atOnce called before this returns, if the answer is there at once
     */
    public static <C, T> void handle(
            ActorContext<C> context,
            Supplier<CompletionStage<T>> question,
            Function<T, C> answered,
            Function<String, C> failed,
            Consumer<C> atOnce) {
        CompletableFuture<T> answer;
        try {
            answer = question.get().toCompletableFuture();
        } catch (RuntimeException e) {
            atOnce.accept(failed.apply(e.toString()));
            return;
        }
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            atOnce.accept(answered.apply(answer.join()));
        } else {
            context.pipeToSelf(answer, (value, failure) -> {
                if (failure == null) {
                    return answered.apply(value);
                }
                FatalErrors.escalate(failure);
                return failed.apply(failure.toString());
            });
        }
    }
}
