package io.teahouse.testkit;

import akka.actor.typed.ActorSystem;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A log that answers and stores when the test says so. A new one opens and reads at once; its appends wait until the test answers
 * them ({@link #nextAppend}). {@link #recover}, {@link #hang}, {@link #fail}, {@link #refuse} and {@link #answerAfter} change how all
 * calls from then on are answered. Safe to use from any thread.
 */
public final class ScriptedLog implements RoomLog {
    private static final int PATIENCE_SECONDS = 30;

    /** A call that has not been answered. */
    public static class Question<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Supplier<T> truth;

        private Question(Supplier<T> truth) {
            this.truth = truth;
        }

        public final void answer() {
            answer.complete(truth.get());
        }

        public final void answer(T with) {
            answer.complete(with);
        }

        public final void fail() {
            answer.completeExceptionally(new IllegalStateException("connection reset"));
        }

        /** Does what is asked, and answers. */
        void carryOut() {
            answer();
        }
    }

    /** An append that has not been answered. */
    public final class Append extends Question<Outcome> {
        private final List<Recorded> batch;
        private final long forWhom;

        private Append(List<Recorded> batch, long forWhom) {
            super(() -> Outcome.STORED);
            this.forWhom = forWhom;
            this.batch = batch;
        }

        public List<Recorded> batch() {
            return batch;
        }

        /** The session that may read it; {@link RoomLog#FOR_ALL}: everybody. */
        public long forWhom() {
            return forWhom;
        }

        /** Stores the batch, and does not answer yet. */
        public void keep() {
            kept.addAll(batch);
            last = batch;
        }

        public void stored() {
            keep();
            answer();
        }

        public void notStored() {
            answer(Outcome.NOT_STORED);
        }

        public void fenced() {
            answer(Outcome.FENCED);
        }

        @Override
        void carryOut() {
            stored();
        }
    }

    private final List<Recorded> kept = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Question<Opened>> opens = new LinkedBlockingQueue<>();
    private final BlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<List<Recorded>>> tails = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<Excerpt>> reads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question<Outcome>> keeps = new LinkedBlockingQueue<>();
    private volatile List<Recorded> last = List.of();
    private volatile boolean keepsAtOnce = true;
    private volatile boolean opensAtOnce = true;
    private volatile boolean readsAtOnce = true;
    private volatile boolean settlesAtOnce;
    private volatile boolean storesAtOnce;
    private volatile boolean throwing;
    private volatile boolean throwingTail;

    /** What is done with a call, instead of what the fields above say. */
    private volatile Optional<Consumer<Question<?>>> conduct = Optional.empty();

    /** A log that stores and answers at once, until the test says otherwise. */
    public static ScriptedLog storing() {
        ScriptedLog log = new ScriptedLog();
        log.recover();
        return log;
    }

    // How it answers from now on

    /** It stores and answers at once, also what waits for an answer. */
    public void recover() {
        conduct = Optional.empty();
        throwing = false;
        throwingTail = false;
        allAtOnce(true);
        for (BlockingQueue<? extends Question<?>> questions : List.of(opens, appends, tails, reads, keeps)) {
            for (Question<?> next = questions.poll(); next != null; next = questions.poll()) {
                next.carryOut();
            }
        }
    }

    /** It answers no call, unless the test does. */
    public void hang() {
        conduct = Optional.empty();
        allAtOnce(false);
    }

    /** All calls fail, and nothing is stored; the room cannot know that. */
    public void fail() {
        conduct = Optional.of(Question::fail);
    }

    /** No message is stored, and the log says so. */
    public void refuse() {
        conduct = Optional.of(question -> {
            if (question instanceof Append append) {
                append.notStored();
            } else {
                question.carryOut();
            }
        });
    }

    /** It is slow: it stores and answers when that time has passed for the system, by its clock or by {@code ManualTime}. */
    public void answerAfter(Duration delay, ActorSystem<?> system) {
        conduct = Optional.of(
                question -> system.scheduler().scheduleOnce(delay, question::carryOut, system.executionContext()));
    }

    /** The machine has crashed: what it stored last is gone, although it answered. A room has to be opened again to notice. */
    public void loseLastBatch() {
        kept.removeAll(last);
        last = List.of();
    }

    /** Single calls: whether they are answered at once. */
    public void keepsAtOnce(boolean now) {
        keepsAtOnce = now;
    }

    public void opensAtOnce(boolean now) {
        opensAtOnce = now;
    }

    public void readsAtOnce(boolean now) {
        readsAtOnce = now;
    }

    public void settlesAtOnce(boolean now) {
        settlesAtOnce = now;
    }

    public void storesAtOnce(boolean now) {
        storesAtOnce = now;
    }

    /** Whether opening and appending throw, instead of answering. */
    public void throwing(boolean now) {
        throwing = now;
    }

    /** The same for reading the tail. */
    public void throwingTail(boolean now) {
        throwingTail = now;
    }

    private void allAtOnce(boolean now) {
        keepsAtOnce = now;
        opensAtOnce = now;
        readsAtOnce = now;
        settlesAtOnce = now;
        storesAtOnce = now;
    }

    // What the test sees

    /** What is stored. The test may change it. */
    public List<Recorded> kept() {
        return kept;
    }

    /** The next call that waits for an answer; waits for it. */
    public Question<Opened> nextOpen() {
        return next(opens);
    }

    public Append nextAppend() {
        return next(appends);
    }

    public Question<List<Recorded>> nextTail() {
        return next(tails);
    }

    public Question<Outcome> nextKeep() {
        return next(keeps);
    }

    public Question<Excerpt> nextRead() {
        return next(reads);
    }

    public boolean isAskedToAppend() {
        return !appends.isEmpty();
    }

    public boolean isAskedToKeep() {
        return !keeps.isEmpty();
    }

    // The log

    @Override
    public CompletionStage<Opened> open(long session) {
        throwIf(throwing);
        Question<Opened> question = new Question<>(() ->
                new Opened("id", 1, session, kept.size(), Optional.empty(), Optional.empty(), Optional.empty(), kept));
        return ask(question, opens, () -> opensAtOnce);
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        throwIf(throwing);
        return ask(new Append(List.copyOf(batch), session), appends, () -> storesAtOnce);
    }

    @Override
    public void readableBy(long session) {}

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        TestLog now = new TestLog(new MemoryRoomLog(1000));
        kept.forEach(event -> now.append(List.of(event)));
        Excerpt excerpt = now.read(span, wanted).toCompletableFuture().join();
        return ask(new Question<>(() -> excerpt), reads, () -> readsAtOnce);
    }

    /** Storing the state is a call like an append. */
    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return ask(new Question<>(() -> Outcome.STORED), keeps, () -> keepsAtOnce);
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        throwIf(throwingTail);
        return ask(new Question<>(() -> find(from)), tails, () -> settlesAtOnce);
    }

    private static void throwIf(boolean asked) {
        if (asked) {
            throw new IllegalStateException("the log is shut");
        }
    }

    private List<Recorded> find(long from) {
        return kept.stream().filter(event -> event.seq() >= from).toList();
    }

    private <T, Q extends Question<T>> CompletionStage<T> ask(Q question, BlockingQueue<Q> open, BooleanSupplier now) {
        Optional<Consumer<Question<?>>> special = conduct;
        if (special.isPresent()) {
            special.get().accept(question);
        } else if (now.getAsBoolean()) {
            question.carryOut();
        } else {
            open.add(question);
            if (now.getAsBoolean() && open.remove(question)) { // recovered in between
                question.carryOut();
            }
        }
        return ((Question<T>) question).answer;
    }

    private static <Q> Q next(BlockingQueue<Q> questions) {
        try {
            Q question = questions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (question == null) {
                throw new AssertionError("the room did not ask its log");
            }
            return question;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
