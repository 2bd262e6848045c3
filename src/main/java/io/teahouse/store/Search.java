package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a database finds what a text stands in, without looking at everything. */
interface Search {
    /** Up to where it can do so; what lies behind has to be looked through. */
    long reach(Session session, Rooms.Row row) throws SQLException;

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
    Optional<List<Place>> places(Session session, OptionalLong room, String text, int most) throws SQLException;

    /**
     * Messages of a text that it {@link #knows} that may be meant, the newest first; fewer than {@code most} where there are
     * no more.
     */
    List<Recorded> candidates(Session session, RoomName room, Rooms.Row row, String text, long from, long to, int most)
            throws SQLException;

    /** By the table that {@link Indexer} fills. */
    final class ByTrigrams implements Search {
        private static final int SHORTEST = 3;
        /** So many tell a message from others well enough. */
        private static final int MOST_PARTS = 8;

        /** The highest seq that a row of the index has room for. */
        private static final long HIGHEST = (1L << 40) - 1;

        private static final String ANYWHERE = "select rowid from message_search where message_search match ? limit ?";

        /** Parts begin with a word that is shorter than they are, wherever it stands: the end of a text is padded. */
        private static final String BEGINNING =
                "select distinct doc from message_parts where term >= ? and term < ? limit ?";

        private static final String FIND = "select rowid from message_search where message_search match ?"
                + " and rowid >= ? and rowid <= ? order by rowid desc limit ?";

        @Override
        public long reach(Session session, Rooms.Row row) throws SQLException {
            return session.number("select indexed from rooms where id = ?", row.id());
        }

        @Override
        public boolean knows(String text) {
            return text.codePointCount(0, text.length()) >= SHORTEST
                    && Texts.encode(text).equals(text);
        }

        @Override
        public Optional<List<Place>> places(Session session, OptionalLong room, String text, int most)
                throws SQLException {
            if (!Texts.encode(text).equals(text)) {
                return Optional.empty();
            }
            PreparedStatement query = knows(text)
                    ? session.prepare(ANYWHERE, parts(text), most + 1)
                    : session.prepare(BEGINNING, text, after(text), most + 1);
            List<Place> places = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    long row = found.getLong(1);
                    places.add(new Place(Indexer.room(row), Indexer.seq(row)));
                }
            }
            return places.size() > most ? Optional.empty() : Optional.of(places);
        }

        /** The first text that comes after all that begin with this one. */
        private static String after(String text) {
            int last = text.offsetByCodePoints(text.length(), -1);
            return text.substring(0, last) + Character.toString(text.codePointAt(last) + 1);
        }

        @Override
        public List<Recorded> candidates(
                Session session, RoomName room, Rooms.Row row, String text, long from, long to, int most)
                throws SQLException {
            List<Long> seqs = new ArrayList<>();
            try (ResultSet found = session.prepare(
                            FIND,
                            parts(text),
                            Indexer.row(row.id(), from),
                            Indexer.row(row.id(), Math.min(to, HIGHEST)),
                            most)
                    .executeQuery()) {
                while (found.next()) {
                    seqs.add(found.getLong(1) - Indexer.row(row.id(), 0));
                }
            }
            List<Recorded> events = new ArrayList<>();
            for (long seq : seqs) {
                events.addAll(Messages.read(session, Messages.UPWARDS, room, row, seq, seq, 1));
            }
            return events;
        }

        /** Three characters after three, each of which must be there; that they stand together is seen to later. */
        static String parts(String text) {
            int[] all = text.codePoints().toArray();
            int[] starts = IntStream.concat(
                            IntStream.iterate(0, at -> at + SHORTEST < all.length, at -> at + SHORTEST)
                                    .limit(MOST_PARTS - 1),
                            IntStream.of(all.length - SHORTEST))
                    .toArray();
            return Arrays.stream(starts)
                    .mapToObj(at -> new String(all, at, SHORTEST).replace("\"", "\"\""))
                    .collect(Collectors.joining("\" AND \"", "\"", "\""));
        }
    }
}
