package io.teahouse.store;

import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.Optional;

/** Stores how a registered room is set, or forgets it. */
final class RegistrationJob extends RoomWriteJob.WithOutcome {
    private final Optional<RegisteredState> kept;
    private final long sitting;

    RegistrationJob(SqlRoomLog log, Optional<RegisteredState> kept, long sitting) {
        super(log);
        this.kept = kept;
        this.sitting = sitting;
    }

    @Override
    boolean forgets() {
        return true;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> row = kept.isPresent() ? findOrCreate(session) : find(session);
        outcome = row.isPresent() || kept.isEmpty() ? Outcome.STORED : Outcome.FENCED;
        if (row.isPresent() && kept.isPresent()) {
            RoomsTable.keep(session, row.get(), kept.get(), sitting);
            RoomsTable.look(session, row.get().id(), log.room(), log.names());
        } else if (row.isPresent()) {
            RoomsTable.forget(session, row.get());
        }
    }
}
