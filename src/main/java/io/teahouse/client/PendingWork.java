package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.japi.function.Function;
import io.teahouse.room.support.FatalErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The work that the next line of one client waits for, apart from receipts and joins: answers, computations on other
 * threads, and steps that are deferred until all answers are there. Results are handled in the client's actor, by
 * {@link Continue}.
 */
final class PendingWork implements ClientAccount.Waiting {
    /** A step is ready: its result is there, or its time has come. Only for the client's own actor. */
    interface Continue extends Runnable {}

    private static final ArrayDeque<Runnable> NOTHING_LATER = new ArrayDeque<>(1);
    private static final List<Reading> NO_READINGS = List.of();

    private final ActorContext<Object> context;
    private final ReadTurns reads;
    private int answers;

    /** The bytes of history that were read and are not written yet. */
    private int answerBytes;

    private List<Reading> readings = NO_READINGS;
    private ArrayDeque<Runnable> later = NOTHING_LATER;

    /** @param reads decides whose turn it is to read history */
    PendingWork(ActorContext<Object> context, ReadTurns reads) {
        this.context = context;
        this.reads = reads;
    }

    // Answers

    boolean isAny() {
        return answers > 0;
    }

    /** An answer is expected, as a message of its own. */
    void begin() {
        answers++;
    }

    /** The answer has arrived. */
    void end() {
        answers--;
    }

    /** Runs a step after that time; the client's lines do not wait for it. */
    Cancellable after(Duration delay, Continue step) {
        return context.scheduleOnce(delay, context.getSelf(), step);
    }

    /** Returns a runnable for any thread, which runs the step each time; the client's lines do not wait for it. */
    Runnable waker(Continue step) {
        ActorRef<Object> self = context.getSelf();
        return () -> self.tell(step);
    }

    /** Passes the answer on, or an empty value if there is none; the client's lines do not wait for it. */
    <T> void whenDone(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        context.pipeToSelf(answer, (value, failure) -> (Continue) () -> then.accept(Optional.ofNullable(value)));
    }

    /** Passes the answer on, or an empty value if there is none; the client's next line waits for it. */
    @Override
    public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
        begin();
        context.pipeToSelf(answer, (value, failure) -> answered(value, failure, then));
    }

    /**
     * The same for a question to an actor. The answer is passed on in the thread that gives it: the stage that Akka
     * returns would otherwise start a thread for each answer on a machine with two processors.
     */
    <Q, T> void ask(
            RecipientRef<Q> of, Function<ActorRef<T>, Q> question, Duration within, Consumer<Optional<T>> then) {
        begin();
        ActorRef<Object> self = context.getSelf();
        AskPattern.<Q, T>ask(of, question, within, context.getSystem().scheduler())
                .whenCompleteAsync((answer, failure) -> self.tell(answered(answer, failure, then)), Runnable::run);
    }

    private <T> Continue answered(T value, Throwable failure, Consumer<Optional<T>> then) {
        if (failure != null) {
            FatalErrors.escalate(failure);
        }
        return () -> {
            end();
            then.accept(failure == null ? Optional.of(value) : Optional.empty());
        };
    }

    <T> void compute(Supplier<T> work, Consumer<T> then) {
        begin();
        Executor threads = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        context.pipeToSelf(CompletableFuture.supplyAsync(work, threads), (result, failure) -> {
            if (failure != null) {
                FatalErrors.escalate(failure);
            }
            return (Continue) () -> computed(result, failure, then);
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
     * Returns a runnable for any thread, which runs the step once. The step is queued behind the work of all clients of
     * the thread, so that a long answer does not delay the others.
     */
    Runnable step(Runnable step) {
        begin();
        Continue next = () -> {
            end();
            step.run();
        };
        ActorRef<Object> self = context.getSelf();
        Executor thread = context.getExecutionContext();
        return () -> thread.execute(() -> self.tell(next));
    }

    // What is read

    /**
     * Reads history when it is the client's turn.
     *
     * @param read gets the turn, and must call {@link Reading#end} when the answer has arrived
     */
    void read(Consumer<Reading> read) {
        begin();
        Reading reading = new Reading();
        Continue next = () -> {
            end();
            read.accept(reading);
        };
        ActorRef<Object> self = context.getSelf();
        if (readings == NO_READINGS) {
            readings = new ArrayList<>(1);
        }
        readings.add(reading);
        reading.turn = Optional.of(reads.take(() -> self.tell(next)));
    }

    /** A part of the history, while it is this client's turn to read it. */
    final class Reading {
        private Optional<ReadTurns.Turn> turn = Optional.empty();

        /** The answer has arrived; its bytes count as held until the request is complete. */
        void end(long bytes) {
            turn.ifPresent(ReadTurns.Turn::end);
            readings.remove(this);
            readings = readings.isEmpty() ? NO_READINGS : readings;
            answerBytes = (int) Math.min(Integer.MAX_VALUE / 4, answerBytes + bytes);
        }
    }

    /** The approximate bytes of held answers; 0 if the request is complete. */
    int answerBytes(boolean isAwaiting) {
        answerBytes = isAwaiting ? answerBytes : 0;
        return answerBytes;
    }

    /** The client ends. */
    void cancel() {
        List.copyOf(readings).forEach(each -> each.end(0));
    }

    /** Whether nothing is expected, deferred or held. */
    boolean isIdle() {
        return answers == 0 && answerBytes == 0 && later.isEmpty();
    }

    // Deferred steps

    boolean isAnyPutOff() {
        return !later.isEmpty();
    }

    void putOff(Runnable step) {
        if (later == NOTHING_LATER) {
            later = new ArrayDeque<>(4);
        }
        later.addLast(step);
    }

    /** Runs the next deferred step. */
    void doNextPutOff() {
        Runnable next = later.removeFirst();
        later = later.isEmpty() ? NOTHING_LATER : later;
        next.run();
    }
}
