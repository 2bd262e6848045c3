package io.teahouse.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes messages permanently. The newest row of a room is emptied instead: its seq, epoch and time stay, so that
 * the room continues after it and its id is still a valid anchor.
 */
final class MessageDeletion {
    private static final String LAST = "select max(seq) from messages where room = ?";
    private static final String EMPTY = "update messages set kind = 3, audience = 0, nick = '*', nick_key = '*',"
            + " username = '*', host = '*', real_name = '', account = '', away = '', bot = 0, client_id = '', attributes = '',"
            + " text = '', target = '', target_seq = 0 where room = ? and seq = ?";
    private static final String UP_TO =
            "select seq from messages where room = ? and seq < ? and seq <> ? order by seq limit ?";
    private static final String ONE = "delete from messages where room = ? and seq = ?";
    private static final String LAST_TOPIC = "select max(seq) from messages where room = ? and kind = 4";

    private MessageDeletion() {}

    /** The seq of a room's newest row, 0 if it has none. */
    static long last(SqlSession session, long room) throws SQLException {
        return session.number(LAST, room);
    }

    /** The seq of the event that set the room's topic, 0 if there is none. */
    static long topic(SqlSession session, long room) throws SQLException {
        return session.number(LAST_TOPIC, room);
    }

    /** Overwrites everything in a row that a user provided. */
    static void empty(SqlSession session, long room, long seq) throws SQLException {
        session.update(EMPTY, room, seq);
    }

    /**
     * Deletes the oldest messages with a seq below {@code end}.
     *
     * @param spared this seq stays
     * @param limit the most to delete
     * @return how many were deleted
     */
    static int oldest(SqlSession session, long room, long end, long spared, int limit) throws SQLException {
        PreparedStatement delete = session.prepare(ONE);
        int count = 0;
        try (ResultSet rows = session.prepare(UP_TO, room, end, spared, limit).executeQuery()) {
            while (rows.next()) {
                delete.setLong(1, room);
                delete.setLong(2, rows.getLong(1));
                delete.addBatch();
                count++;
            }
        }
        if (count > 0) {
            delete.executeBatch();
        }
        return count;
    }
}
