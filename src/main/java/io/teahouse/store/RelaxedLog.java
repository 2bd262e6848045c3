package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The log of a room with {@link Durability#RELAXED}: answers an append at once, and writes it behind, in order,
 * retrying until it is stored. A read waits until everything before it is stored. The backlog is bounded; an append
 * that exceeds it is refused.
 */
final class RelaxedLog implements RoomLog {
    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.STORED);
    private static final CompletionStage<Outcome> NOT_STORED = CompletableFuture.completedFuture(Outcome.NOT_STORED);
    private static final CompletionStage<Outcome> FENCED = CompletableFuture.completedFuture(Outcome.FENCED);

    private final RoomLog stored;
    private final int most;
    private final ByteBudget bytes;
    private final Executor later;

    /** Events of one append, or of several that have the same generation and session. */
    private record Batch(long generation, long session, List<Recorded> events) {
        boolean accepts(long otherGeneration, long otherSession) {
            return generation == otherGeneration && session == otherSession;
        }
    }

    private final Deque<Batch> waiting = new ArrayDeque<>();
    private int waitingEvents;

    /** Completed when nothing is waiting or being written. */
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    private int underWay;

    /** The newest generation that was fenced. */
    private long fenced = -1;

    /**
     * Creates a log in front of the one that stores.
     *
     * @param most how many events may be shown and not stored yet
     * @param bytes the memory budget of all such logs
     */
    RelaxedLog(RoomLog stored, int most, ByteBudget bytes, Duration retryInterval) {
        this.stored = stored;
        this.most = most;
        this.bytes = bytes;
        this.later = CompletableFuture.delayedExecutor(retryInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Completed when everything that was appended until now is stored. */
    synchronized CompletionStage<Void> whenIdle() {
        return idle.minimalCompletionStage();
    }

    /** Whether everything that was appended is stored. */
    synchronized boolean isIdle() {
        return idle.isDone();
    }

    @Override
    public CompletionStage<Opened> open(long session) {
        return whenIdle().thenCompose(any -> stored.open(session));
    }

    @Override
    public synchronized CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        if (generation <= fenced) {
            return FENCED;
        } else if (underWay + waitingEvents + batch.size() > most || !bytes.take(bytes(batch))) {
            return NOT_STORED;
        }
        if (waiting.isEmpty() || !waiting.getLast().accepts(generation, session)) {
            waiting.addLast(new Batch(generation, session, new ArrayList<>()));
        }
        waiting.getLast().events.addAll(batch);
        waitingEvents += batch.size();
        if (idle.isDone()) {
            idle = new CompletableFuture<>();
            write();
        }
        return STORED;
    }

    private synchronized void write() {
        Batch batch = waiting.removeFirst();
        underWay = batch.events.size();
        waitingEvents -= underWay;
        store(batch);
    }

    private void store(Batch batch) {
        stored.append(batch.generation, batch.session, batch.events).whenComplete((outcome, failure) -> {
            if (failure != null) {
                find(batch);
            } else if (outcome == Outcome.NOT_STORED) {
                later.execute(() -> store(batch));
            } else {
                done(batch, outcome == Outcome.FENCED);
            }
        });
    }

    /** The outcome is unknown: reads the tail of the log to find out. */
    private void find(Batch batch) {
        stored.settle(batch.events.get(0).seq()).whenComplete((found, failure) -> {
            if (failure != null) {
                later.execute(() -> find(batch));
            } else if (found.isEmpty()) {
                store(batch);
            } else {
                done(batch, !found.equals(batch.events));
            }
        });
    }

    private static long bytes(List<Recorded> events) {
        return events.stream().mapToLong(Recorded::bytes).sum();
    }

    private void done(Batch batch, boolean isFenced) {
        bytes.release(bytes(batch.events));
        goOn(isFenced ? batch.generation : -1).ifPresent(ended -> ended.complete(null));
    }

    /**
     * Writes the next batch. If there is none, returns the future to complete outside the lock. An append that
     * comes before that does not wait for it.
     *
     * @param fencedNow the generation that was fenced; -1: none
     */
    synchronized Optional<CompletableFuture<Void>> goOn(long fencedNow) {
        fenced = Math.max(fenced, fencedNow);
        if (!waiting.isEmpty() && waiting.getFirst().generation > fenced) {
            write();
            return Optional.empty();
        }
        underWay = 0;
        waiting.forEach(batch -> bytes.release(bytes(batch.events)));
        waiting.clear();
        waitingEvents = 0;
        CompletableFuture<Void> ended = idle;
        idle = CompletableFuture.completedFuture(null);
        return Optional.of(ended);
    }

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        return whenIdle().thenCompose(any -> stored.read(session, span, wanted));
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return whenIdle().thenCompose(any -> stored.settle(from));
    }

    @Override
    public void readableBy(long session) {
        stored.readableBy(session);
    }

    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return stored.keep(generation, session, state);
    }
}
