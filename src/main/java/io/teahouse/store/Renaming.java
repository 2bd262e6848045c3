package io.teahouse.store;

import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Gives a room's row another name. */
final class Renaming extends Job<Outcome> {
    private final RoomName from;
    private final RoomName to;
    private final BooleanSupplier taken;
    private final Runnable done;
    private Outcome outcome = Outcome.STORED;

    /**
     * @param taken whether there is a room of the new name that has no row yet
     * @param done is run as soon as the name is stored
     */
    Renaming(RoomName from, RoomName to, BooleanSupplier taken, Runnable done) {
        this.from = from;
        this.to = to;
        this.taken = taken;
        this.done = done;
    }

    @Override
    void write(Session session) throws SQLException {
        outcome = Outcome.STORED;
        Optional<Rooms.Row> row = Rooms.find(session, from);
        boolean otherKey = !from.key().equals(to.key());
        if (otherKey
                && row.isPresent()
                && (taken.getAsBoolean() || Rooms.find(session, to).isPresent())) {
            outcome = Outcome.NOT_STORED;
        } else if (row.isPresent()) {
            Rooms.rename(session, row.get(), to);
        }
    }

    @Override
    void committed() {
        if (outcome == Outcome.STORED) {
            done.run();
        }
        answer.complete(outcome);
    }

    @Override
    void refused(Exception why, boolean conflict) {
        answer.complete(Outcome.NOT_STORED);
    }
}
