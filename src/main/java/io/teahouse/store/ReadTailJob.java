package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tail of a room's log on the writer's thread, after every append that may still take effect. */
final class ReadTailJob extends WriteJob<List<Recorded>> {
    private final RoomHandle room;
    private final long from;
    private final List<Recorded> found = new ArrayList<>();

    ReadTailJob(RoomHandle room, long from) {
        this.room = room;
        this.from = from;
    }

    @Override
    void write(SqlSession session) throws SQLException {
        found.clear();
        Optional<RoomsTable.Row> row = room.find(session);
        if (row.isPresent()) {
            found.addAll(MessagesTable.readAll(
                    session, MessagesTable.UPWARDS, room.name(), row.get(), from, Long.MAX_VALUE, Integer.MAX_VALUE));
        }
    }

    @Override
    void committed() {
        answer.complete(List.copyOf(found));
    }
}
