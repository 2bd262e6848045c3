package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Stores what happened in a room. */
final class AppendJob extends RoomWriteJob.WithOutcome {
    /** What an event takes in memory beside its text, about. */
    private static final int BYTES_PER_EVENT = 400;

    private final long epoch;
    private final long forWhom;
    private final List<Recorded> batch;
    private final long bytes;

    /** @param forWhom as {@link RoomLog#append} has it */
    AppendJob(SqlRoomLog log, long epoch, long forWhom, List<Recorded> batch) {
        super(log);
        this.epoch = epoch;
        this.forWhom = forWhom;
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
    void write(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> row = findOrCreate(session);
        outcome = row.isPresent() ? Outcome.STORED : Outcome.FENCED;
        if (row.isPresent()) {
            MessagesTable.insert(session, row.get().id(), epoch, forWhom, batch);
        }
    }

    @Override
    void committed() {
        super.committed();
        if (outcome == Outcome.STORED) {
            log.row().ifPresent(row -> log.stored(row, batch));
        }
    }
}
