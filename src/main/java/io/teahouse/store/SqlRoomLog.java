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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The log of one room in the database. A room gets its row with the first thing that is kept of it. */
final class SqlRoomLog implements RoomLog {
    private volatile RoomName room;
    private final SqlStore store;

    /** The identity that the room gets with its row, unless it has one. */
    private volatile String identity = MessageIds.newIdentity();

    private volatile Optional<RoomsTable.Row> row = Optional.empty();

    private volatile long sitting = RoomsTable.newSitting();

    /** What was written last; reading begins when it is done. */
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

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

    String identity() {
        return identity;
    }

    Optional<RoomsTable.Row> row() {
        return row;
    }

    void found(RoomsTable.Row found) {
        identity = found.identity();
        row = Optional.of(found);
    }

    /** On the writer's thread. */
    void stored(RoomsTable.Row in, List<Recorded> batch) {
        store.writer().indexer().ifPresent(indexer -> indexer.stored(in.id(), batch));
    }

    @Override
    public CompletionStage<Opened> open() {
        return underWay.handle((done, failed) -> 0)
                .thenCompose(any -> store.opening().read(new OpenRoomQuery(this, store)));
    }

    @Override
    public CompletionStage<Outcome> append(List<Recorded> batch, long forWhom) {
        return submit(new AppendJob(this, store.epoch(), forWhom, List.copyOf(batch)));
    }

    @Override
    public long sitting() {
        return sitting;
    }

    @Override
    public void beginSitting() {
        sitting = RoomsTable.newSitting();
    }

    /** The room is registered: those who are in it are the same as ever. */
    void goesOn(long from) {
        sitting = from;
    }

    @Override
    public CompletionStage<Excerpt> read(HistoryRange span, Predicate<Recorded> wanted) {
        long readers = sitting;
        return store.history()
                .read(new HistoryQuery(room, session -> find(session, readers), span, wanted, store.readPatience()));
    }

    /** A row keeps its number, whatever the room is called. */
    private Optional<RoomsTable.Row> find(SqlSession session, long readers) throws SQLException {
        Optional<RoomsTable.Row> known = row;
        Optional<RoomsTable.Row> now =
                known.isPresent() ? RoomsTable.find(session, known.get().id()) : RoomsTable.find(session, room);
        return now.map(found -> found.readBy(readers));
    }

    @Override
    public CompletionStage<List<Recorded>> settle(long from) {
        return submit(new ReadTailJob(this, from));
    }

    @Override
    public CompletionStage<Outcome> keep(Optional<RegisteredState> kept) {
        return submit(new RegistrationJob(this, kept, sitting));
    }

    private <T> CompletionStage<T> submit(WriteJob<T> job) {
        underWay = job.answer;
        return store.writer().submit(job).answer;
    }
}
