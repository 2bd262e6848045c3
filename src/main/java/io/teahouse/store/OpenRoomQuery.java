package io.teahouse.store;

import io.teahouse.room.RegisteredState;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Opened;
import io.teahouse.room.Tombstone;
import io.teahouse.room.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a room needs to know before it opens. */
record OpenRoomQuery(SqlRoomLog log, SqlStore store) implements ReaderPool.Query<Opened> {
    /** How far back it is looked for ids, against how many a room remembers: most may be said without one. */
    private static final int EVENTS_PER_ID = 4;

    @Override
    public Opened run(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> row = RoomsTable.find(session, log.room());
        if (row.isEmpty()) {
            return new Opened(prefix(), 0, Optional.empty(), Optional.empty(), Optional.empty(), List.of())
                    .besides(RoomsTable.lookAlike(session, log.room(), log.names()));
        }
        log.found(row.get());
        if (row.get().sitting() != RoomLog.FOR_ALL) {
            log.goesOn(row.get().sitting());
        }
        Deque<Recorded> recent = recent(session, row.get());
        long last = recent.isEmpty() ? 0 : recent.getLast().seq();
        Optional<RegisteredState> kept = RoomsTable.kept(session, row.get());
        return new Opened(
                        prefix(),
                        last,
                        topic(session, row.get(), log.sitting()),
                        topic(session, row.get(), RoomLog.FOR_ALL),
                        kept,
                        List.copyOf(recent))
                .besides(kept.isPresent() ? Optional.empty() : RoomsTable.lookAlike(session, log.room(), log.names()));
    }

    private String prefix() {
        return MessageIds.prefix(log.identity(), store.epoch());
    }

    /** The newest event, and before it those that might be repeated: so many of each sender, whatever others said. */
    private Deque<Recorded> recent(SqlSession session, RoomsTable.Row row) throws SQLException {
        Deque<Recorded> recent = new ArrayDeque<>();
        try (ResultSet newest = session.prepare(MessagesTable.DOWNWARDS, row.id(), 0, Long.MAX_VALUE, 1)
                .executeQuery()) {
            if (newest.next()) {
                recent.addFirst(read(session, newest, row));
            }
        }
        if (recent.isEmpty()) {
            return recent;
        }
        long last = recent.getFirst().seq();
        RepeatLimits repeats = store.settings().rooms().repeats();
        long most = repeats.perSender() == 0 ? 0 : (long) EVENTS_PER_ID * repeats.perRoom();
        long since = Instant.now().minus(repeats.window()).toEpochMilli();
        Map<UserId, Integer> bySender = new HashMap<>();
        bySender.put(sender(recent.getFirst()), recent.getFirst().clientId().isEmpty() ? 0 : 1);
        try (ResultSet rows = session.prepare(MessagesTable.SINCE, row.id(), last - most, last - 1, since)
                .executeQuery()) {
            while (rows.next()) {
                Recorded event = read(session, rows, row);
                if (event.clientId().isEmpty()
                        || bySender.merge(sender(event), 1, Integer::sum) <= repeats.perSender()) {
                    recent.addFirst(event);
                }
            }
        }
        return recent;
    }

    private static UserId sender(Recorded event) {
        return UserId.ofSender(event.by(), event.profile());
    }

    /** Whoever proves who he is by an account may repeat what he said to others who have gone since. */
    private Recorded read(SqlSession session, ResultSet rows, RoomsTable.Row row) throws SQLException {
        Recorded event = MessagesTable.read(session, rows, log.room(), row.identity());
        boolean told = MessagesTable.isFor(rows, row.readBy(log.sitting()))
                || !event.profile().account().isEmpty();
        return told ? event : Tombstone.inPlaceOf(event);
    }

    private Optional<TopicChanged> topic(SqlSession session, RoomsTable.Row row, long sitting) throws SQLException {
        try (ResultSet rows =
                session.prepare(MessagesTable.LAST_TOPIC, row.id(), sitting).executeQuery()) {
            return rows.next()
                    ? Optional.of((TopicChanged) MessagesTable.read(session, rows, log.room(), row.identity()))
                    : Optional.empty();
        }
    }
}
