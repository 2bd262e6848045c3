package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/** Renames a room, unless another room has the new name. The unique key of the table decides, for all servers alike. */
final class RenameJob extends WriteJob<Outcome> {
    private final RoomName from;
    private final RoomName to;
    private final Optional<RoomHandle> room;
    private final Names names;
    private final Predicate<String> renamed;
    private final Runnable done;
    private Outcome outcome = Outcome.NOT_STORED;

    /**
     * Creates a job to submit.
     *
     * @param room the room, if it is open in this process under the old name
     * @param names which names look alike
     * @param renamed whether a row of that identity belongs to this very room: then it was renamed before
     * @param done is run as soon as the name is stored
     */
    RenameJob(
            RoomName from,
            RoomName to,
            Optional<RoomHandle> room,
            Names names,
            Predicate<String> renamed,
            Runnable done) {
        this.from = from;
        this.to = to;
        this.room = room;
        this.names = names;
        this.renamed = renamed;
        this.done = done;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        Optional<RoomsTable.Generation> opened = room.flatMap(RoomHandle::opened);
        Optional<RoomsTable.Row> row = opened.isPresent()
                ? room.get().current(session, opened.get().number())
                : RoomsTable.find(session, from);
        if (row.isEmpty()) {
            boolean isDone = opened.isEmpty()
                    && RoomsTable.find(session, to)
                            .filter(other -> !renamed.test(other.identity()))
                            .isEmpty();
            outcome = isDone ? Outcome.STORED : Outcome.NOT_STORED;
        } else if (isTaken(session, row.get())) {
            outcome = Outcome.NOT_STORED;
        } else {
            RoomsTable.rename(session, row.get(), to);
            RoomsTable.look(session, row.get().id(), to, names);
            AlwaysOnTables.renameRoom(session, from.key(), to);
            outcome = Outcome.STORED;
        }
    }

    /** Asked before the update, because a violation of the key would roll back the jobs of other rooms. */
    private boolean isTaken(SqlSession session, RoomsTable.Row mine) throws SQLException {
        return !from.key().equals(to.key())
                && (RoomsTable.find(session, to)
                                .filter(other -> other.id() != mine.id())
                                .isPresent()
                        || RoomsTable.lookAlikes(session, to, names).stream().anyMatch(id -> id != mine.id()));
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
