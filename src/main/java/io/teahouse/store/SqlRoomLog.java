package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.Names;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The log of one room in the database. */
final class SqlRoomLog implements RoomLog {
    private final SqlStore store;
    private volatile RoomName room;

    /** As this process opened it last; another process may have opened it since. */
    private volatile Optional<RoomsTable.Generation> opened = Optional.empty();

    private volatile long readableBy = FOR_ALL;

    SqlRoomLog(RoomName room, SqlStore store) {
        this.room = room;
        this.store = store;
    }

    RoomName room() {
        return room;
    }

    void rename(RoomName to) {
        room = to;
    }

    Names names() {
        return store.settings().rooms().names();
    }

    Optional<RoomsTable.Generation> opened() {
        return opened;
    }

    void opened(RoomsTable.Generation now) {
        opened = Optional.of(now);
    }

    /** The session of {@link #readableBy(long)}. */
    long readableBy() {
        return readableBy;
    }

    /** The room's row, whatever the room is called now. */
    Optional<RoomsTable.Row> find(SqlSession session) throws SQLException {
        Optional<RoomsTable.Generation> known = opened;
        return known.isPresent()
                ? RoomsTable.findByIdentity(session, known.get().row().identity())
                : RoomsTable.find(session, room);
    }

    /** The room's row, if that generation is the current one; it stays so until the transaction ends. */
    Optional<RoomsTable.Row> current(SqlSession session, long generation) throws SQLException {
        Optional<RoomsTable.Generation> known = opened;
        return known.isPresent()
                ? RoomsTable.current(session, store.database(), known.get().row().identity(), generation)
                : Optional.empty();
    }

    /** On the writer's thread. */
    void stored(long in, List<Recorded> batch) {
        store.writer().indexer().ifPresent(indexer -> indexer.stored(in, batch));
    }

    @Override
    public CompletionStage<Opened> open(long session) {
        RoomName name = room;
        return submit(new OpenRoomJob(this))
                .thenCompose(now -> store.opening().read(new OpenRoomQuery(name, now, session, store)));
    }

    @Override
    public CompletionStage<Outcome> append(long generation, long session, List<Recorded> batch) {
        return submit(new AppendJob(this, store.epoch(), generation, session, List.copyOf(batch)));
    }

    @Override
    public void readableBy(long session) {
        readableBy = session;
    }

    @Override
    public CompletionStage<Excerpt> read(long session, HistoryRange span, Predicate<Recorded> wanted) {
        return store.history()
                .read(new HistoryQuery(
                        room,
                        reader -> find(reader).map(row -> row.readBy(session)),
                        span,
                        wanted,
                        store.readPatience()));
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return submit(new ReadTailJob(this, from));
    }

    @Override
    public CompletionStage<Outcome> keep(long generation, long session, Optional<RegisteredState> state) {
        return submit(new RegistrationJob(this, generation, session, state));
    }

    private <T> CompletionStage<T> submit(WriteJob<T> job) {
        return store.writer().submit(job).answer;
    }
}
