package io.teahouse.store;

import io.teahouse.room.RegisteredState;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Opened;
import io.teahouse.room.RoomName;
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

/**
 * Reads what a room needs to know before anybody joins.
 *
 * @param generation the one that was started for it
 * @param visibilitySession the session of the members who are about to join, unless the room is registered
 * @param epoch of the store
 */
record OpenRoomQuery(
        RoomName room, RoomsTable.Generation generation, long visibilitySession, long epoch, StoreSettings settings)
        implements ReaderPool.Query<Opened> {
    /** How many events are read per client id that the room remembers; most events have none. */
    private static final int EVENTS_PER_ID = 4;

    @Override
    public Opened run(SqlSession session) throws SQLException {
        long now = row().session() == RoomLog.FOR_ALL ? visibilitySession : row().session();
        Deque<Recorded> recent = recent(session, row().readBy(now));
        long last = recent.isEmpty() ? 0 : recent.getLast().seq();
        Optional<RegisteredState> kept = RoomsTable.kept(session, row());
        return new Opened(
                        prefix(),
                        generation.number(),
                        now,
                        last,
                        topic(session, now),
                        topic(session, RoomLog.FOR_ALL),
                        kept,
                        List.copyOf(recent))
                .besides(
                        kept.isPresent()
                                ? Optional.empty()
                                : RoomsTable.lookAlike(
                                        session, room, settings.rooms().names()));
    }

    private RoomsTable.Row row() {
        return generation.row();
    }

    private String prefix() {
        return MessageIds.prefix(row().identity(), epoch);
    }

    /** The newest event, and before it those that might be repeated: up to a number per sender, whatever others sent. */
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
        RepeatLimits repeats = settings.rooms().repeats();
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
        return event.profile().senderId(event.by());
    }

    /** A user with an account may repeat a message of an earlier session. */
    private Recorded read(SqlSession session, ResultSet rows, RoomsTable.Row row) throws SQLException {
        Recorded event = MessagesTable.read(session, rows, room, row.identity());
        boolean told =
                MessagesTable.isFor(rows, row) || !event.profile().account().isEmpty();
        return told ? event : Tombstone.inPlaceOf(event);
    }

    private Optional<TopicChanged> topic(SqlSession session, long readBy) throws SQLException {
        try (ResultSet rows =
                session.prepare(MessagesTable.LAST_TOPIC, row().id(), readBy).executeQuery()) {
            return rows.next()
                    ? Optional.of((TopicChanged) MessagesTable.read(session, rows, room, row().identity()))
                    : Optional.empty();
        }
    }
}
