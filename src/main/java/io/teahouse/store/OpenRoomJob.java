package io.teahouse.store;

import java.sql.SQLException;
import java.util.Optional;

/** Starts a room's next generation. A room without a row gets one, which reserves its name in the whole database. */
final class OpenRoomJob extends WriteJob<RoomsTable.Generation> {
    private final RoomHandle room;
    private Optional<RoomsTable.Generation> opened = Optional.empty();

    OpenRoomJob(RoomHandle room) {
        this.room = room;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        opened = Optional.of(RoomsTable.open(session, room.name()));
    }

    @Override
    void committed() {
        RoomsTable.Generation now = opened.orElseThrow();
        room.opened(now);
        answer.complete(now);
    }
}
