package io.teahouse.store;

import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes what is too old, while a server runs or not: in many small transactions, so that it never waits long. The topic
 * that a room has stays, however old it is.
 */
final class Expiring {
    /** Rows that one transaction deletes. */
    private static final int PIECE = 500;

    private static final String ROOMS = "select id, identity, first_kept, name, key from rooms order by key";

    private record Room(RoomName name, Rooms.Row row) {}

    private final Database database;
    private final Connection connection;
    private final Session session;
    private final Retention retention;
    private final Instant now;

    Expiring(Database database, Connection connection, Retention retention, Instant now) {
        this.database = database;
        this.connection = connection;
        this.session = new Session(connection);
        this.retention = retention;
        this.now = now;
    }

    /** Returns what was deleted, of rooms of which something was. */
    List<Upkeep.Deleted> run() throws SQLException {
        List<Upkeep.Deleted> all = new ArrayList<>();
        for (Room room : rooms()) {
            Duration kept = retention.of(room.name);
            if (kept.isZero()) {
                continue;
            }
            long count = expire(room.row, now.minus(kept));
            if (count > 0) {
                all.add(new Upkeep.Deleted(room.name, count, now.minus(kept)));
            }
        }
        return all;
    }

    private List<Room> rooms() throws SQLException {
        List<Room> all = new ArrayList<>();
        try (ResultSet rows = session.prepare(ROOMS).executeQuery()) {
            while (rows.next()) {
                RoomName name = new RoomName(Texts.decode(rows.getString(4)), Texts.decode(rows.getString(5)));
                all.add(new Room(name, new Rooms.Row(rows.getLong(1), rows.getString(2), rows.getLong(3))));
            }
        }
        connection.commit();
        return all;
    }

    private long expire(Rooms.Row room, Instant before) throws SQLException {
        database.begin(session);
        long end = new Places(session, room).firstAt(before);
        long last = Deleting.last(session, room.id());
        if (end <= room.firstKept() || last == 0) {
            connection.commit();
            return 0;
        }
        long topic = Deleting.topic(session, room.id());
        session.update("update rooms set first_kept = ? where id = ? and first_kept < ?", end, room.id(), end);
        long count = 0;
        if (end > last && topic != last) {
            Deleting.empty(session, room.id(), last);
            count++;
        }
        connection.commit();
        int piece = PIECE;
        while (piece == PIECE) {
            database.begin(session);
            piece = Deleting.oldest(session, room.id(), Math.min(end, last), topic, PIECE);
            connection.commit();
            count += piece;
        }
        return count;
    }
}
