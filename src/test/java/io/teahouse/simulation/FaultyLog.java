package io.teahouse.simulation;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A log that answers at once, late, with a failure or not at all, and keeps the rules of {@link RoomLog}. What it holds is in memory. */
final class FaultyLog implements RoomLog {
    private static final int CAPACITY = 100_000;

    /** A call that has not been answered. */
    private static final class Call<T> {
        final String name;
        private final Supplier<CompletionStage<T>> effect;
        final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T result;

        Call(String name, Supplier<CompletionStage<T>> effect) {
            this.name = name;
            this.effect = effect;
        }

        void carryOut() {
            if (result == null) {
                result = effect.get().toCompletableFuture().join();
            }
        }

        /** It has no effect from now on. */
        void cancel(T with) {
            if (result == null) {
                result = with;
            }
        }

        void answer() {
            carryOut();
            answer.complete(result);
        }

        void fail() {
            answer.completeExceptionally(new IllegalStateException("connection reset"));
        }
    }

    private final MemoryRoomLog stored = new MemoryRoomLog(CAPACITY);
    private final Random random;
    private final Trace trace;
    private final List<Call<?>> calls = new ArrayList<>();

    /** Appends that may still take effect, answered or not. */
    private final List<Call<Outcome>> appends = new ArrayList<>();

    /** In percent. */
    private int answeredAtOnce;

    private boolean reliable;
    private long generation;

    FaultyLog(Random random, Trace trace) {
        this.random = random;
        this.trace = trace;
        this.answeredAtOnce = random.nextInt(100);
    }

    /** All calls are answered from now on. */
    void recover() {
        reliable = true;
        while (!calls.isEmpty()) {
            end(calls.get(0), Call::answer);
        }
    }

    /** Everything that is stored. */
    List<Recorded> content() {
        return stored.settle(1).toCompletableFuture().join();
    }

    boolean isAsked() {
        return !calls.isEmpty();
    }

    /** Goes on with one of the calls. */
    void step() {
        Call<?> call = calls.get(random.nextInt(calls.size()));
        if (!appends.isEmpty() && random.nextInt(10) == 0) {
            appends.get(random.nextInt(appends.size())).carryOut(); // perhaps one that has failed
        }
        int dice = random.nextInt(100);
        if (dice < 70) {
            end(call, Call::answer);
        } else if (dice < 80) {
            trace.add("log: carries out %s", call.name);
            call.carryOut();
        } else if (dice < 88) {
            end(call, Call::fail);
        } else if (dice < 95) {
            call.carryOut();
            end(call, Call::fail);
        } else if (appends.contains(call)) {
            appends.get(appends.indexOf(call)).cancel(Outcome.NOT_STORED);
            end(call, Call::answer);
        }
    }

    private void end(Call<?> call, java.util.function.Consumer<Call<?>> how) {
        calls.remove(call);
        how.accept(call);
        trace.add("log: %s: %s", call.name, call.answer.isCompletedExceptionally() ? "failure" : outcome(call));
    }

    private static Object outcome(Call<?> call) {
        Object result = call.result;
        return result instanceof Outcome ? result : "done";
    }

    private <T> CompletionStage<T> ask(Call<T> call) {
        if (reliable || random.nextInt(100) < answeredAtOnce) {
            call.answer();
            trace.add("log: %s at once: %s", call.name, outcome(call));
        } else {
            trace.add("log: is asked: %s", call.name);
            calls.add(call);
        }
        return call.answer;
    }

    private CompletionStage<Opened> open(RoomLog there, long session) {
        CompletionStage<Opened> opened = there.open(session);
        generation = opened.toCompletableFuture().join().generation();
        return opened;
    }

    /** Of the room that has opened the log last. */
    long generation() {
        return generation;
    }

    // The log

    @Override
    public CompletionStage<Opened> open(long session) {
        return ask(new Call<>("open", () -> open(stored, session)));
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        List<Recorded> events = List.copyOf(batch);
        Call<Outcome> append = new Call<>(
                "append " + generation + ": " + events.get(0).seq() + "+" + events.size(),
                () -> stored.append(generation, session, events));
        appends.add(append);
        return ask(append);
    }

    @Override
    public void readableBy(long session) {
        stored.readableBy(session);
    }

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        return ask(new Call<>("read", () -> stored.read(session, span, wanted)));
    }

    /** Appends that were requested before have no effect any more. */
    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return ask(new Call<>("settle", () -> {
            appends.forEach(append -> append.cancel(Outcome.NOT_STORED));
            appends.clear();
            return stored.settle(from);
        }));
    }

    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return ask(new Call<>("keep", () -> stored.keep(generation, session, state)));
    }

    /** Another process opens the log: what the room appends from now on is fenced. */
    void openElsewhere() {
        open(stored, RoomLog.FOR_ALL + 1);
    }
}
