package io.teahouse.testkit;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Excerpt;
import io.teahouse.room.RoomLog.Opened;
import io.teahouse.room.RoomLog.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A log as a room uses it, for tests of logs: opened before the first write, with that generation and session. */
public final class TestLog {
    private static final long SESSION = 7;

    private final RoomLog log;
    private Optional<Opened> opened = Optional.empty();

    public TestLog(RoomLog log) {
        this.log = log;
    }

    public RoomLog log() {
        return log;
    }

    /** Opens the log, again if it is open. */
    public CompletionStage<Opened> open() {
        return open(SESSION);
    }

    public CompletionStage<Opened> open(long session) {
        return log.open(session).thenApply(now -> {
            opened = Optional.of(now);
            log.readableBy(now.session());
            return now;
        });
    }

    /** The result of the last opening. */
    public Opened opened() {
        return opened.orElseGet(() ->
                open().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Appends for all sessions. */
    public CompletionStage<Outcome> append(List<Recorded> batch) {
        return append(batch, RoomLog.FOR_ALL);
    }

    public CompletionStage<Outcome> append(List<Recorded> batch, long session) {
        return log.append(opened().generation(), session, batch);
    }

    public CompletionStage<Excerpt> read(HistoryRange range, Predicate<Recorded> wanted) {
        return log.read(opened().session(), range, wanted);
    }

    public CompletionStage<List<Recorded>> settle(long from) {
        opened();
        return log.settle(from);
    }

    public CompletionStage<Outcome> keep(Optional<RegisteredState> state) {
        return log.keep(opened().generation(), opened().session(), state);
    }
}
