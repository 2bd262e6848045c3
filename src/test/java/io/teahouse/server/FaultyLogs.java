package io.teahouse.server;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Logs in memory that do wrong when they are told to. */
final class FaultyLogs implements RoomLogs {
    enum Fault {
        NONE,
        /** Says that somebody else writes to this log; stores nothing. Once. */
        FENCED,
        /** The same, but has stored it. Once. */
        STORED_AND_FENCED,
        /** The same, and cannot be opened again. */
        FENCED_AND_AWAY,
        /** Stores nothing and says so. Once. */
        NOT_STORED,
        /** Stores and loses its answer. Once. */
        STORED_WITHOUT_ANSWER,
        /** Stores nothing and never answers. */
        HANGING,
        /** Stores and never answers, whatever it is asked. */
        STORED_AND_HANGING
    }

    private static final Set<Fault> LASTING =
            EnumSet.of(Fault.FENCED_AND_AWAY, Fault.HANGING, Fault.STORED_AND_HANGING);

    private final MemoryRoomLogs logs = new MemoryRoomLogs();
    private volatile Fault fault = Fault.NONE;

    private volatile CompletableFuture<Boolean> reading = CompletableFuture.completedFuture(true);

    /** Whoever reads what was said waits until {@link #answerReaders}. */
    void keepReadersWaiting() {
        reading = new CompletableFuture<>();
    }

    void answerReaders() {
        reading.complete(true);
    }

    void have(Fault next) {
        fault = next;
    }

    @Override
    public RoomLog of(RoomName room) {
        return new Log(logs.of(room));
    }

    @Override
    public CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to) {
        return logs.rename(from, to);
    }

    @Override
    public void putAway(RoomName room) {
        logs.putAway(room);
    }

    private final class Log implements RoomLog {
        private final RoomLog sound;

        Log(RoomLog sound) {
            this.sound = sound;
        }

        @Override
        public CompletionStage<Opened> open(long session) {
            return fault == Fault.FENCED_AND_AWAY
                    ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                    : sound.open(session);
        }

        @Override
        public CompletionStage<Outcome> append(long generation, long session, List<RoomEvent.Recorded> batch) {
            Fault now = fault;
            if (!LASTING.contains(now)) {
                fault = Fault.NONE;
            }
            return switch (now) {
                case NONE -> sound.append(generation, session, batch);
                case FENCED, FENCED_AND_AWAY -> CompletableFuture.completedFuture(Outcome.FENCED);
                case STORED_AND_FENCED ->
                    sound.append(generation, session, batch).thenApply(stored -> Outcome.FENCED);
                case NOT_STORED -> CompletableFuture.completedFuture(Outcome.NOT_STORED);
                case STORED_WITHOUT_ANSWER ->
                    sound.append(generation, session, batch).thenCompose(stored -> new CompletableFuture<>());
                case STORED_AND_HANGING ->
                    sound.append(generation, session, batch).thenCompose(stored -> new CompletableFuture<>());
                case HANGING -> new CompletableFuture<>();
            };
        }

        @Override
        public void readableBy(long session) {
            sound.readableBy(session);
        }

        @Override
        public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<RoomEvent.Recorded> wanted) {
            return reading.thenCompose(now -> sound.read(session, span, wanted));
        }

        @Override
        public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
            return fault == Fault.NONE ? sound.keep(generation, session, state) : new CompletableFuture<>();
        }

        @Override
        public CompletionStage<List<RoomEvent.Recorded>> settle(long from) {
            return fault == Fault.NONE ? sound.settle(from) : new CompletableFuture<>();
        }
    }
}
