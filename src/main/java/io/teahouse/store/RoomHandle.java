package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.Optional;

/** A room in the database, as this process knows it. Thread-safe. */
final class RoomHandle {
    private final Names names;
    private final String forShare;
    private volatile RoomName name;

    /** As this process opened it last; another process may have opened it since. */
    private volatile Optional<RoomsTable.Generation> opened = Optional.empty();

    /**
     * A room that is not open yet.
     *
     * @param names which names look alike
     * @param forShare as {@link Database#forShare} gives it
     */
    RoomHandle(RoomName name, Names names, String forShare) {
        this.name = name;
        this.names = names;
        this.forShare = forShare;
    }

    RoomName name() {
        return name;
    }

    void rename(RoomName to) {
        name = to;
    }

    Names names() {
        return names;
    }

    Optional<RoomsTable.Generation> opened() {
        return opened;
    }

    void opened(RoomsTable.Generation now) {
        opened = Optional.of(now);
    }

    /** The room's row, whatever the room is called now. */
    Optional<RoomsTable.Row> find(SqlSession session) throws SQLException {
        Optional<RoomsTable.Generation> known = opened;
        return known.isPresent()
                ? RoomsTable.findByIdentity(session, known.get().row().identity())
                : RoomsTable.find(session, name);
    }

    /** The room's row, if that generation is the current one; it stays so until the transaction ends. */
    Optional<RoomsTable.Row> current(SqlSession session, long generation) throws SQLException {
        Optional<RoomsTable.Generation> known = opened;
        return known.isPresent()
                ? RoomsTable.current(session, forShare, known.get().row().identity(), generation)
                : Optional.empty();
    }
}
