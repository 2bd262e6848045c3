package io.teahouse.store;

import io.teahouse.room.HistoryRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the seq of an anchor in a room's log. An id contains its seq; a time is found by binary search, because times
 * never decrease within a room.
 */
final class AnchorResolver implements HistoryRange.Places {
    private static final String NEXT =
            "select seq, epoch, at from messages where room = ? and seq >= ? order by seq limit 1";
    private static final String BEFORE =
            "select seq, epoch, at from messages where room = ? and seq < ? order by seq desc limit 1";
    private static final String LAST = "select seq, epoch, at from messages where room = ? order by seq desc limit 1";

    /** Carries an SQLException through a method of the port that declares none. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final SQLException why;

        Failed(SQLException why) {
            super(why);
            this.why = why;
        }
    }

    private record Place(long seq, long epoch, long at) {}

    private final SqlSession session;
    private final RoomsTable.Row room;

    AnchorResolver(SqlSession session, RoomsTable.Row room) {
        this.session = session;
        this.room = room;
    }

    /** The range in seqs; empty if one of its anchors is unknown. */
    Optional<HistoryRange.Range> in(HistoryRange span) throws SQLException {
        try {
            return span.in(this);
        } catch (Failed e) {
            throw e.why;
        }
    }

    /** Also finds the place of a message that was deleted. */
    @Override
    public OptionalLong seqOf(String id) {
        Optional<MessageIds.Parsed> parsed = MessageIds.parse(room.identity(), id);
        if (parsed.isEmpty()) {
            return OptionalLong.empty();
        }
        long seq = parsed.get().seq();
        long epoch = parsed.get().epoch();
        Optional<Place> there = place(NEXT, room.id(), seq);
        boolean known = there.filter(place -> place.seq == seq ? place.epoch == epoch : place.epoch >= epoch)
                        .isPresent()
                && place(BEFORE, room.id(), seq)
                        .filter(place -> place.epoch > epoch)
                        .isEmpty();
        return known && seq > 0 ? OptionalLong.of(seq) : OptionalLong.empty();
    }

    @Override
    public long firstAt(Instant time) {
        Optional<Place> last = place(LAST, room.id());
        long millis = millis(time);
        if (last.isEmpty() || last.get().at < millis) {
            return last.map(place -> place.seq + 1).orElse(1L);
        }
        long low = room.firstKept();
        long high = last.get().seq; // the first row from here on is late enough
        while (low < high) {
            long middle = low + (high - low) / 2;
            Place there = place(NEXT, room.id(), middle).orElseThrow();
            if (there.at >= millis) {
                high = middle;
            } else {
                low = there.seq + 1;
            }
        }
        return place(NEXT, room.id(), high).orElseThrow().seq;
    }

    /** A client may ask for any year. */
    static long millis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.getEpochSecond() > Long.MAX_VALUE / 1000 - 1 ? Long.MAX_VALUE : time.toEpochMilli();
    }

    private Optional<Place> place(String sql, Object... parameters) {
        try (ResultSet row = session.prepare(sql, parameters).executeQuery()) {
            return row.next()
                    ? Optional.of(new Place(row.getLong(1), row.getLong(2), row.getLong(3)))
                    : Optional.empty();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }
}
