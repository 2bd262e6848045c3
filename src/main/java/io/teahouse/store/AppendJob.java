package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Stores a batch of events of a room. */
final class AppendJob extends RoomWriteJob {
    /** Approximate memory per event, its text not included. */
    private static final int BYTES_PER_EVENT = 400;

    private final long epoch;
    private final long visibleTo;
    private final List<Recorded> batch;
    private final long bytes;
    private long room;

    /** The parameters are those of {@link RoomLog#append}. */
    AppendJob(SqlRoomLog log, long epoch, long generation, long visibleTo, List<Recorded> batch) {
        super(log, generation);
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
        room = row.id();
        MessagesTable.insert(session, room, epoch, visibleTo, batch);
    }

    @Override
    void committed() {
        super.committed();
        if (isStored()) {
            log.stored(room, batch);
        }
    }
}
