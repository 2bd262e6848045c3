package io.teahouse.store;

import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.Optional;

/** Something to be written about one room. */
abstract class RoomWriteJob<T> extends WriteJob<T> {
    final SqlRoomLog log;
    private Optional<RoomsTable.Row> row = Optional.empty();

    RoomWriteJob(SqlRoomLog log) {
        this.log = log;
    }

    /** The room's row, if it has one; empty, too, where the row is of somebody who made the room at the same time. */
    Optional<RoomsTable.Row> find(SqlSession session) throws SQLException {
        row = log.row().isPresent() ? log.row() : RoomsTable.find(session, log.room());
        return row.filter(found -> found.identity().equals(log.identity()));
    }

    /** The same; makes the row where there is none. */
    Optional<RoomsTable.Row> findOrCreate(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> found = find(session);
        if (row.isEmpty()) {
            row = Optional.of(RoomsTable.create(session, log.room(), log.identity()));
            return row;
        }
        return found;
    }

    @Override
    void committed() {
        row.filter(found -> found.identity().equals(log.identity())).ifPresent(log::found);
    }

    /** Of writes that answer so. */
    abstract static class WithOutcome extends RoomWriteJob<Outcome> {
        Outcome outcome = Outcome.STORED;

        WithOutcome(SqlRoomLog log) {
            super(log);
        }

        @Override
        void committed() {
            super.committed();
            answer.complete(outcome);
        }

        @Override
        void refused(Exception why, boolean conflict) {
            answer.complete(conflict ? Outcome.FENCED : Outcome.NOT_STORED);
        }
    }
}
