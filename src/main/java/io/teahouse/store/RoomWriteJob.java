package io.teahouse.store;

import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.Optional;

/** A write by the room that opened the log last; others are fenced. */
abstract class RoomWriteJob extends WriteJob<Outcome> {
    final RoomHandle room;
    private final long generation;
    private Outcome outcome = Outcome.FENCED;

    RoomWriteJob(RoomHandle room, long generation) {
        this.room = room;
        this.generation = generation;
    }

    @Override
    final void write(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> row = room.current(session, generation);
        outcome = row.isPresent() ? Outcome.STORED : Outcome.FENCED;
        if (row.isPresent()) {
            write(session, row.get());
        }
    }

    abstract void write(SqlSession session, RoomsTable.Row row) throws SQLException;

    final boolean isStored() {
        return outcome == Outcome.STORED;
    }

    @Override
    void committed() {
        answer.complete(outcome);
    }

    @Override
    void refused(Exception why, boolean conflict) {
        answer.complete(conflict ? Outcome.FENCED : Outcome.NOT_STORED);
    }
}
