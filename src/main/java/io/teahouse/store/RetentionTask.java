package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes expired messages once, in many small transactions, so that writers never wait long. A server may run at the
 * same time. The current topic of a room stays, however old it is.
 */
final class RetentionTask {
    /** Rows that one transaction deletes. */
    private static final int BATCH = 500;

    private final Database database;
    private final Connection connection;
    private final SqlSession session;
    private final Retention retention;
    private final Instant now;

    RetentionTask(Database database, Connection connection, Retention retention, Instant now) {
        this.database = database;
        this.connection = connection;
        this.session = new SqlSession(connection);
        this.retention = retention;
        this.now = now;
    }

    /** Returns one entry for each room in which messages were deleted. */
    List<MaintenanceResult.Deleted> run() throws SQLException {
        List<MaintenanceResult.Deleted> all = new ArrayList<>();
        List<RoomsTable.Named> rooms = RoomsTable.all(session);
        connection.commit();
        for (RoomsTable.Named room : rooms) {
            Duration kept = retention.of(room.name());
            if (kept.isZero()) {
                continue;
            }
            long count = expire(room.row(), now.minus(kept));
            if (count > 0) {
                all.add(new MaintenanceResult.Deleted(room.name(), count, now.minus(kept)));
            }
        }
        return all;
    }

    private long expire(RoomsTable.Row room, Instant before) throws SQLException {
        database.begin(session);
        long end = Math.max(room.firstKept(), new AnchorResolver(session, room).firstAt(before));
        long last = MessageDeletion.last(session, room.id());
        long topic = MessageDeletion.topic(session, room.id());
        long count = 0;
        if (end > room.firstKept() && last > 0) {
            session.update("update rooms set first_kept = ? where id = ? and first_kept < ?", end, room.id(), end);
            if (end > last && topic != last) {
                MessageDeletion.empty(session, room.id(), last);
                count++;
            }
        }
        connection.commit();
        // includes messages that an interrupted run has hidden but not deleted
        int batch = BATCH;
        while (batch == BATCH) {
            database.begin(session);
            batch = MessageDeletion.oldest(session, room.id(), Math.min(end, last), topic, BATCH);
            connection.commit();
            count += batch;
        }
        return count;
    }
}
