package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.japi.function.Function;
import io.teahouse.room.FatalErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the next line of one client waits for, rooms apart: answers of the registry, the directory, the store, and what
 * is worked out elsewhere; then what was put off until all is answered. Runs in the client's actor, which is told
 * {@link Computed}.
 */
final class Awaited implements ClientLogin.Waiting {
    /** Something has been worked out. */
    record Computed(Runnable goOn) {}

    private static final ArrayDeque<Runnable> NOTHING_LATER = new ArrayDeque<>(1);

    private final ActorContext<Object> context;
    private int answers;
    private ArrayDeque<Runnable> later = NOTHING_LATER;

    Awaited(ActorContext<Object> context) {
        this.context = context;
    }

    // Answers

    boolean isAny() {
        return answers > 0;
    }

    /** An answer will come, as a message of its own. */
    void begin() {
        answers++;
    }

    /** It has come. */
    void end() {
        answers--;
    }

    /** The client's next line waits for the answer; empty: there is none. */
    @Override
    public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        begin();
        context.pipeToSelf(answer, (value, failure) -> answered(value, failure, then));
    }

    /** The same, where an actor is asked. */
    <Q, T> void ask(
            RecipientRef<Q> of,
            Class<T> type,
            Function<ActorRef<T>, Q> question,
            Duration within,
            Consumer<Optional<T>> then) {
        begin();
        context.ask(type, of, within, question, (answer, failure) -> answered(answer, failure, then));
    }

    private <T> Computed answered(T value, Throwable failure, Consumer<Optional<T>> then) {
        if (failure != null) {
            FatalErrors.escalate(failure);
        }
        return new Computed(() -> {
            end();
            then.accept(failure == null ? Optional.of(value) : Optional.empty());
        });
    }

    <T> void compute(Supplier<T> work, Consumer<T> then) {
        begin();
        Executor threads = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        context.pipeToSelf(CompletableFuture.supplyAsync(work, threads), (result, failure) -> {
            if (failure != null) {
                FatalErrors.escalate(failure);
            }
            return new Computed(() -> computed(result, failure, then));
        });
    }

    private <T> void computed(T result, Throwable failure, Consumer<T> then) {
        end();
        if (failure != null) {
            throw new IllegalStateException("could not be worked out: " + failure.getMessage(), failure);
        }
        then.accept(result);
    }

    /**
     * That step, to be set off once from any thread. By way of the mailbox: what comes for others meanwhile is not kept
     * waiting by a long answer.
     */
    Runnable step(Runnable step) {
        begin();
        Computed next = new Computed(() -> {
            end();
            step.run();
        });
        return () -> context.getSelf().tell(next);
    }

    // What was put off

    boolean isAnyPutOff() {
        return !later.isEmpty();
    }

    void putOff(Runnable step) {
        if (later == NOTHING_LATER) {
            later = new ArrayDeque<>(4);
        }
        later.addLast(step);
    }

    /** Does what was put off, as far as that can be. */
    void goOn(BooleanSupplier isAllAnswered) {
        while (!later.isEmpty() && isAllAnswered.getAsBoolean()) {
            later.removeFirst().run();
        }
    }
}
