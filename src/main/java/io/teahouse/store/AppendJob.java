package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Stores a batch of events of a room. */
final class AppendJob extends RoomWriteJob {
    /** Approximate memory per event, its text not included. */
    private static final int BYTES_PER_EVENT = 400;

    private final Optional<SearchIndexer> indexer;
    private final long epoch;
    private final long visibleTo;
    private final List<Recorded> batch;
    private final long bytes;
    private long roomId;

    /**
     * The other parameters are those of {@link RoomLog#append}.
     *
     * @param indexer is notified of the stored events
     */
    AppendJob(
            RoomHandle room,
            Optional<SearchIndexer> indexer,
            long epoch,
            long generation,
            long visibleTo,
            List<Recorded> batch) {
        super(room, generation);
        this.indexer = indexer;
        this.epoch = epoch;
        this.visibleTo = visibleTo;
        this.batch = batch;
        this.bytes = batch.stream().mapToLong(AppendJob::bytes).sum();
    }

    private static long bytes(Recorded event) {
        return BYTES_PER_EVENT
                + (event instanceof Said said
                        ? 2L * said.text().length() + said.attributes().bytes()
                        : 0);
    }

    @Override
    long bytes() {
        return bytes;
    }

    @Override
    boolean forgets() {
        return batch.stream().anyMatch(Redacted.class::isInstance);
    }

    @Override
    void write(SqlSession session, RoomsTable.Row row) throws SQLException {
        roomId = row.id();
        MessagesTable.insert(session, roomId, epoch, visibleTo, batch);
    }

    @Override
    void committed() {
        super.committed();
        if (isStored()) {
            indexer.ifPresent(each -> each.stored(roomId, batch));
        }
    }
}
