package io.teahouse.room;

import io.teahouse.room.RoomEvent.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A log that answers and stores when the test says so. */
final class ScriptedLog implements RoomLog {
    /** A call that has not been answered. */
    static class Question<T> {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Supplier<T> truth;

        Question(Supplier<T> truth) {
            this.truth = truth;
        }

        void answer() {
            answer.complete(truth.get());
        }

        void fail() {
            answer.completeExceptionally(new IllegalStateException("connection reset"));
        }
    }

    /** An append that has not been answered. */
    final class Append extends Question<Outcome> {
        final List<Recorded> batch;
        final long forWhom;

        Append(List<Recorded> batch, long forWhom) {
            super(() -> Outcome.STORED);
            this.forWhom = forWhom;
            this.batch = batch;
        }

        void keep() {
            kept.addAll(batch);
        }

        void stored() {
            keep();
            answer();
        }

        void notStored() {
            answer.complete(Outcome.NOT_STORED);
        }

        void fenced() {
            answer.complete(Outcome.FENCED);
        }
    }

    final List<Recorded> kept = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Question<Opened>> opens = new LinkedBlockingQueue<>();
    private final BlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<List<Recorded>>> tails = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<Excerpt>> reads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<Outcome>> keeps = new LinkedBlockingQueue<>();
    volatile boolean keepsAtOnce = true;
    volatile boolean opensAtOnce = true;
    volatile boolean readsAtOnce = true;
    volatile boolean storesAtOnce;
    volatile boolean throwing;
    volatile boolean throwingTail;

    @Override
    public CompletionStage<Opened> open(long session) {
        throwIf(throwing);
        Question<Opened> question = new Question<>(() ->
                new Opened("id", 1, session, kept.size(), Optional.empty(), Optional.empty(), Optional.empty(), kept));
        return ask(question, opens, opensAtOnce);
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        throwIf(throwing);
        Append append = new Append(List.copyOf(batch), session);
        if (storesAtOnce) {
            append.keep();
        }
        return ask(append, appends, storesAtOnce);
    }

    @Override
    public void readableBy(long session) {}

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        TestLog now = new TestLog(new MemoryRoomLog(1000));
        kept.forEach(event -> now.append(List.of(event)));
        Excerpt excerpt = now.read(span, wanted).toCompletableFuture().join();
        return ask(new Question<>(() -> excerpt), reads, readsAtOnce);
    }

    /** Storing the state is a call like an append. */
    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return ask(new Question<>(() -> Outcome.STORED), keeps, keepsAtOnce);
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        throwIf(throwingTail);
        return ask(new Question<>(() -> find(from, Long.MAX_VALUE)), tails, false);
    }

    Question<Opened> nextOpen() {
        return next(opens);
    }

    Append nextAppend() {
        return next(appends);
    }

    Question<List<Recorded>> nextTail() {
        return next(tails);
    }

    Question<Outcome> nextKeep() {
        return next(keeps);
    }

    Question<Excerpt> nextRead() {
        return next(reads);
    }

    boolean isAskedToAppend() {
        return !appends.isEmpty();
    }

    boolean isAskedToKeep() {
        return !keeps.isEmpty();
    }

    private static void throwIf(boolean asked) {
        if (asked) {
            throw new IllegalStateException("the log is shut");
        }
    }

    private List<Recorded> find(long from, long to) {
        return kept.stream()
                .filter(event -> event.seq() >= from && event.seq() <= to)
                .toList();
    }

    private static <T, Q extends Question<T>> CompletionStage<T> ask(Q question, BlockingQueue<Q> open, boolean now) {
        if (now) {
            question.answer();
        } else {
            open.add(question);
        }
        return question.answer;
    }

    private static <Q> Q next(BlockingQueue<Q> questions) {
        try {
            Q question = questions.poll(3, TimeUnit.SECONDS);
            if (question == null) {
                throw new AssertionError("the room did not ask its log");
            }
            return question;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
