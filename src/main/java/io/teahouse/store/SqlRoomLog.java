package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The log of one room in the database. */
final class SqlRoomLog implements RoomLog {
    private final RoomHandle room;
    private final StoreThreads threads;
    private final StoreSettings settings;
    private final long epoch;
    private volatile long readableBy = FOR_ALL;

    SqlRoomLog(RoomHandle room, StoreThreads threads, StoreSettings settings, long epoch) {
        this.room = room;
        this.threads = threads;
        this.settings = settings;
        this.epoch = epoch;
    }

    RoomHandle room() {
        return room;
    }

    /** The session of {@link #readableBy(long)}. */
    long readableBy() {
        return readableBy;
    }

    @Override
    public CompletionStage<Opened> open(long session) {
        RoomName name = room.name();
        return submit(new OpenRoomJob(room))
                .thenCompose(now -> threads.opening().read(new OpenRoomQuery(name, now, session, epoch, settings)));
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        return submit(new AppendJob(room, threads.writer().indexer(), epoch, generation, session, List.copyOf(batch)));
    }

    @Override
    public void readableBy(long session) {
        readableBy = session;
    }

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        Duration patience = settings.readPatience();
        return threads.history()
                .read(new HistoryQuery(
                        room.name(),
                        reader -> room.find(reader).map(row -> row.readBy(session)),
                        span,
                        wanted,
                        patience));
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return submit(new ReadTailJob(room, from));
    }

    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return submit(new RegistrationJob(room, generation, session, state));
    }

    private <T> CompletionStage<T> submit(WriteJob<T> job) {
        return threads.writer().submit(job).answer;
    }
}
