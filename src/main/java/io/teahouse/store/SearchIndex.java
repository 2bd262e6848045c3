package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a database finds what a text stands in, without looking at everything. */
interface SearchIndex {
    /** Up to where it can do so; what lies behind has to be looked through. */
    long reach(SqlSession session, RoomsTable.Row row) throws SQLException;

    /** Whether it can do so for that text. */
    boolean knows(String text);

    /** A message of a room. */
    record Place(long room, long seq) {}

    /**
     * Where messages may be meant that can be found by the index, in all rooms or, at the choice of the database, in that
     * one alone.
     *
     * @param room empty: several are asked about
     * @param text not empty; it may be shorter than {@link #knows} takes
     * @return empty: there are more than {@code most}, or the index cannot tell
     */
    Optional<List<Place>> places(SqlSession session, OptionalLong room, String text, int most) throws SQLException;

    /**
     * Messages of a text that it {@link #knows} that may be meant, the newest first; fewer than {@code most} where there are
     * no more.
     */
    List<Recorded> candidates(
            SqlSession session, RoomName room, RoomsTable.Row row, String text, long from, long to, int most)
            throws SQLException;
}
