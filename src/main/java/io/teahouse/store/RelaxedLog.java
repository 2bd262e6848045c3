package io.teahouse.store;

import io.teahouse.room.Kept;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.room.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Of a room that does not wait: an append is answered at once and stored behind, one after the other, as often as it
 * takes. Who reads waits until everything is stored that was said before. What waits is bounded; one more is refused.
 */
final class RelaxedLog implements RoomLog {
    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.STORED);
    private static final CompletionStage<Outcome> NOT_STORED = CompletableFuture.completedFuture(Outcome.NOT_STORED);
    private static final CompletionStage<Outcome> FENCED = CompletableFuture.completedFuture(Outcome.FENCED);

    private final SqlRoomLog stored;
    private final int most;
    private final Executor later;

    private List<Recorded> waiting = new ArrayList<>();

    /** Ends when nothing waits any more, and nothing is under way. */
    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    private int underWay;
    private boolean fenced;

    /** @param most how many events may be shown and not stored */
    RelaxedLog(SqlRoomLog stored, int most, Duration retryInterval) {
        this.stored = stored;
        this.most = most;
        this.later = CompletableFuture.delayedExecutor(retryInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    SqlRoomLog stored() {
        return stored;
    }

    /** Ends when everything is stored that has been said until now. */
    synchronized CompletionStage<Void> whenIdle() {
        return idle.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Opened> open() {
        return whenIdle().thenCompose(any -> stored.open());
    }

    @Override
    public synchronized CompletionStage<Outcome> append(List<Recorded> batch) {
        if (fenced) {
            return FENCED;
        } else if (underWay + waiting.size() + batch.size() > most) {
            return NOT_STORED;
        }
        waiting.addAll(batch);
        if (idle.isDone()) {
            idle = new CompletableFuture<>();
            write();
        }
        return STORED;
    }

    private synchronized void write() {
        List<Recorded> batch = waiting;
        underWay = batch.size();
        waiting = new ArrayList<>();
        store(batch);
    }

    private void store(List<Recorded> batch) {
        stored.append(batch).whenComplete((outcome, failure) -> {
            if (failure != null) {
                find(batch);
            } else if (outcome == Outcome.NOT_STORED) {
                later.execute(() -> store(batch));
            } else {
                done(outcome == Outcome.FENCED);
            }
        });
    }

    /** Nobody knows whether it was stored; somebody has to look. */
    private void find(List<Recorded> batch) {
        stored.settle(batch.get(0).seq()).whenComplete((found, failure) -> {
            if (failure != null) {
                later.execute(() -> find(batch));
            } else if (found.isEmpty()) {
                store(batch);
            } else {
                done(!found.equals(batch));
            }
        });
    }

    private void done(boolean byOthers) {
        CompletableFuture<Void> ended;
        synchronized (this) {
            fenced |= byOthers;
            if (!fenced && !waiting.isEmpty()) {
                write();
                return;
            }
            underWay = 0;
            waiting.clear();
            ended = idle;
        }
        ended.complete(null);
    }

    @Override
    public CompletionStage<Excerpt> read(Span span, Predicate<Recorded> wanted) {
        return whenIdle().thenCompose(any -> stored.read(span, wanted));
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return whenIdle().thenCompose(any -> stored.settle(from));
    }

    @Override
    public CompletionStage<Outcome> keep(Optional<Kept> kept) {
        return stored.keep(kept);
    }
}
