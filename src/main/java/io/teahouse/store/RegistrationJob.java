package io.teahouse.store;

import io.teahouse.room.RegisteredState;
import java.sql.SQLException;
import java.util.Optional;

/** Stores the settings of a registered room, or deletes them. */
final class RegistrationJob extends RoomWriteJob {
    private final Optional<RegisteredState> state;
    private final long visibilitySession;

    RegistrationJob(RoomHandle room, long generation, long visibilitySession, Optional<RegisteredState> state) {
        super(room, generation);
        this.state = state;
        this.visibilitySession = visibilitySession;
    }

    @Override
    boolean forgets() {
        return true;
    }

    @Override
    void write(SqlSession session, RoomsTable.Row row) throws SQLException {
        if (state.isPresent()) {
            RoomsTable.keep(session, row, state.get(), visibilitySession);
            RoomsTable.look(session, row.id(), room.name(), room.names());
        } else {
            RoomsTable.forget(session, row);
        }
    }
}
