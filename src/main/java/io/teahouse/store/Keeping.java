package io.teahouse.store;

import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog.Outcome;
import java.sql.SQLException;
import java.util.Optional;

/** Stores how a registered room is set, or forgets it. */
final class Keeping extends RoomJob.WithOutcome {
    private final Optional<RegisteredState> kept;
    private final long sitting;

    Keeping(SqlRoomLog log, Optional<RegisteredState> kept, long sitting) {
        super(log);
        this.kept = kept;
        this.sitting = sitting;
    }

    @Override
    boolean forgets() {
        return true;
    }

    @Override
    void write(Session session) throws SQLException {
        Optional<Rooms.Row> row = kept.isPresent() ? findOrCreate(session) : find(session);
        outcome = row.isPresent() || kept.isEmpty() ? Outcome.STORED : Outcome.FENCED;
        if (row.isPresent() && kept.isPresent()) {
            Rooms.keep(session, row.get(), kept.get(), sitting);
            Rooms.look(session, row.get().id(), log.room(), log.names());
        } else if (row.isPresent()) {
            Rooms.forget(session, row.get());
        }
    }
}
