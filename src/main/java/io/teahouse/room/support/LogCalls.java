package io.teahouse.room.support;

import akka.actor.typed.javadsl.ActorContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets an actor call a log: a completed answer is handled at once, any other one comes as a message. */
public final class LogCalls {
    private LogCalls() {}

    /**
     * Calls the log, and handles the answer in the actor.
     *
     * @param question the call; an exception counts as a failed answer
     * @param atOnce called before this method returns, if the answer is completed
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
