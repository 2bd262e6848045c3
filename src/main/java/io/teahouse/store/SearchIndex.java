package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The search index of a database. */
interface SearchIndex {
    /** The seq up to which the index covers the room; later messages have to be scanned. */
    long reach(SqlSession session, RoomsTable.Row row) throws SQLException;

    /** Whether {@link #candidates} can find that text. */
    boolean knows(String text);

    /** A message of a room. */
    record Place(long room, long seq) {}

    /**
     * Finds candidates in all rooms or, if the database prefers, in one room alone.
     *
     * @param room empty: the query is about several rooms
     * @param text not empty; it may be shorter than {@link #knows} accepts
     * @return empty: there are more than {@code most}, or the index cannot tell
     */
    Optional<List<Place>> places(SqlSession session, OptionalLong room, String text, int most) throws SQLException;

    /**
     * Finds candidates in one room for a text that it {@link #knows}, newest first; fewer than {@code most} if there
     * are no more.
     */
    List<Recorded> candidates(
            SqlSession session, RoomName room, RoomsTable.Row row, String text, long from, long to, int most)
            throws SQLException;
}
