package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog.Opened;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads what a room needs to know before it opens. */
record Opening(SqlRoomLog log, SqlStore store) implements Readers.Query<Opened> {
    @Override
    public Opened run(Session session) throws SQLException {
        Optional<Rooms.Row> row = Rooms.find(session, log.room());
        if (row.isEmpty()) {
            return new Opened(prefix(), 0, Optional.empty(), Optional.empty(), List.of());
        }
        log.found(row.get());
        Deque<Recorded> recent = recent(session, row.get());
        long last = recent.isEmpty() ? 0 : recent.getLast().seq();
        return new Opened(
                prefix(), last, topic(session, row.get()), Rooms.kept(session, row.get()), List.copyOf(recent));
    }

    private String prefix() {
        return Ids.prefix(log.identity(), store.epoch());
    }

    /** The newest event, and before it those that might be repeated. */
    private Deque<Recorded> recent(Session session, Rooms.Row row) throws SQLException {
        Instant since = Instant.now().minus(store.settings().repeatWindow());
        Deque<Recorded> recent = new ArrayDeque<>();
        int most = Math.max(1, store.settings().repeatsKept());
        try (ResultSet rows = session.prepare(Messages.DOWNWARDS, row.id(), 0, Long.MAX_VALUE, most)
                .executeQuery()) {
            while (rows.next()) {
                Recorded event = Messages.read(rows, log.room(), row.identity());
                if (!recent.isEmpty() && event.at().isBefore(since)) {
                    break;
                }
                recent.addFirst(event);
            }
        }
        return recent;
    }

    private Optional<TopicChanged> topic(Session session, Rooms.Row row) throws SQLException {
        try (ResultSet rows = session.prepare(Messages.LAST_TOPIC, row.id()).executeQuery()) {
            return rows.next()
                    ? Optional.of((TopicChanged) Messages.read(rows, log.room(), row.identity()))
                    : Optional.empty();
        }
    }
}
