package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog.Excerpt;
import io.teahouse.room.RoomName;
import io.teahouse.room.Tombstone;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads part of a room's history in pages, until it has found enough wanted events.
 *
 * @param finder finds the row when the query runs, because the room may have been renamed by then
 * @param patience the time limit; then the query returns what it has found, with a gap
 */
record HistoryQuery(RoomName room, Finder finder, HistoryRange span, Predicate<Recorded> wanted, Duration patience)
        implements ReaderPool.Query<Excerpt> {
    /** Finds the row, with the session that may read it; empty: nothing is stored of the room. */
    interface Finder {
        Optional<RoomsTable.Row> find(SqlSession session) throws SQLException;
    }

    /** Rows of the first page. Further pages are larger, because then few rows are wanted ones. */
    private static final int FIRST_PAGE = 128;

    private static final int LARGEST_PAGE = 2048;

    /** The most characters that are read, approximately: they wait in memory until they are written to the client. */
    static final int MOST_TEXT = 2 * 1024 * 1024;

    @Override
    public Excerpt run(SqlSession session) throws SQLException {
        Optional<RoomsTable.Row> row = finder.find(session);
        if (row.isEmpty()) {
            return new AnchorResolver(session, new RoomsTable.Row(0, "", 1))
                            .in(span)
                            .isPresent()
                    ? new Excerpt(List.of(), true, false)
                    : Excerpt.UNKNOWN;
        }
        Optional<HistoryRange.Range> range = new AnchorResolver(session, row.get()).in(span);
        return range.isPresent() ? read(session, row.get(), range.get()) : Excerpt.UNKNOWN;
    }

    private Excerpt read(SqlSession session, RoomsTable.Row row, HistoryRange.Range range) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        long from = Math.max(range.from(), row.firstKept());
        long to = range.to();
        List<Recorded> found = new ArrayList<>();
        String sql = span.newest() ? MessagesTable.DOWNWARDS : MessagesTable.UPWARDS;
        int pageRows = FIRST_PAGE;
        boolean more = true;
        boolean late = false;
        boolean hidden = false;
        boolean cut = false;
        long text = 0;
        while (more && !late && !cut && from <= to && found.size() < span.limit()) {
            List<Recorded> events = MessagesTable.read(session, sql, room, row, from, to, pageRows);
            for (Recorded event : events) {
                cut = found.size() < span.limit() && text > MOST_TEXT;
                if (cut) {
                    break;
                } else if (found.size() < span.limit() && Tombstone.is(event)) {
                    hidden = true;
                } else if (found.size() < span.limit() && wanted.test(event)) {
                    found.add(event);
                    text += length(event);
                }
            }
            more = events.size() == pageRows;
            if (more) {
                long last = events.get(events.size() - 1).seq();
                from = span.newest() ? from : last + 1;
                to = span.newest() ? last - 1 : to;
            }
            pageRows = Math.min(2 * pageRows, LARGEST_PAGE);
            late = System.nanoTime() > end;
        }
        if (span.newest()) {
            Collections.reverse(found);
        }
        boolean lost = Excerpt.isGap(span, range, found.size(), row.firstKept());
        boolean unfinished = cut || (late && more && found.size() < span.limit());
        return new Excerpt(List.copyOf(found), true, lost || hidden || unfinished);
    }

    private static long length(Recorded event) {
        return event instanceof Said said
                ? said.text().length() + said.attributes().bytes() / Character.BYTES
                : 0;
    }
}
