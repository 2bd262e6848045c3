package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Gives a room's row another name. */
final class RenameJob extends WriteJob<Outcome> {
    private final RoomName from;
    private final RoomName to;
    private final Names names;
    private final BooleanSupplier taken;
    private final Predicate<String> renamed;
    private final Runnable done;
    private Outcome outcome = Outcome.STORED;

    /**
     * Renames a room.
     *
     * @param names which names look alike
     * @param taken whether there is a room of the new name that has no row yet
     * @param renamed whether a row of that identity, under the new name, is that of this very room: then it is done already
     * @param done is run as soon as the name is stored
     */
    RenameJob(
            RoomName from, RoomName to, Names names, BooleanSupplier taken, Predicate<String> renamed, Runnable done) {
        this.from = from;
        this.to = to;
        this.names = names;
        this.taken = taken;
        this.renamed = renamed;
        this.done = done;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        outcome = Outcome.STORED;
        Optional<RoomsTable.Row> row = RoomsTable.find(session, from);
        boolean other = !from.key().equals(to.key());
        if (other && (isTaken(row, RoomsTable.find(session, to)) || looksLikeAnother(session, row))) {
            outcome = Outcome.NOT_STORED;
        } else if (row.isPresent()) {
            RoomsTable.rename(session, row.get(), to);
            RoomsTable.look(session, row.get().id(), to, names);
        }
    }

    private boolean looksLikeAnother(SqlSession session, Optional<RoomsTable.Row> mine) throws SQLException {
        return RoomsTable.lookAlikes(session, to, names).stream()
                .anyMatch(id -> mine.filter(row -> row.id() == id).isEmpty());
    }

    /** A room of which nothing is stored has no row, and gets none of another's. */
    private boolean isTaken(Optional<RoomsTable.Row> mine, Optional<RoomsTable.Row> there) {
        if (mine.isPresent()) {
            return there.isPresent() || taken.getAsBoolean();
        }
        return there.filter(row -> !renamed.test(row.identity())).isPresent();
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
