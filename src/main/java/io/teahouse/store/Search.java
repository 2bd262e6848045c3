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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
     * Where in all rooms messages may be meant that can be found by the index.
     *
     * @param text not empty; it may be shorter than {@link #knows} takes
     * @return empty: there are more than {@code most}, or the index cannot tell
     */
    Optional<List<Place>> places(Session session, String text, int most) throws SQLException;

    /** Messages that may be meant, the newest first; fewer than {@code most} where there are no more. */
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
            try (ResultSet found = session.prepare("select indexed from rooms where id = ?", row.id())
                    .executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }

        @Override
        public boolean knows(String text) {
            return text.codePointCount(0, text.length()) >= SHORTEST
                    && Texts.encode(text).equals(text);
        }

        @Override
        public Optional<List<Place>> places(Session session, String text, int most) throws SQLException {
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

    /** By the index that PostgreSQL keeps itself, where it has got the extension for it. */
    final class ByPattern implements Search {
        /** Without them, the index is not asked: <a href="https://www.postgresql.org/docs/current/pgtrgm.html">pg_trgm</a>. */
        private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}]{3,}");

        private static final String INDEX = "select count(*) from pg_indexes where schemaname = current_schema()"
                + " and indexname = 'messages_text'";

        /** What language it is in may be unknown to the database; then it is no letter to it. */
        private static final String LETTERS = "select cardinality(show_trgm(?))";

        /** Or it looks through everything where it thinks that it will soon have enough. */
        private static final String BY_INDEX = "select set_config('enable_seqscan', 'off', false)";

        private static final String ANYWHERE =
                "select room, seq from messages where kind < 3 and audience = 0" + " and text ilike ? limit ?";

        @Override
        public Optional<List<Place>> places(Session session, String text, int most) throws SQLException {
            Matcher part = PART.matcher(text);
            if (!part.find() || number(session, INDEX) == 0 || number(session, LETTERS, part.group()) == 0) {
                return Optional.empty();
            }
            session.prepare(BY_INDEX).execute();
            List<Place> places = new ArrayList<>();
            try (ResultSet found =
                    session.prepare(ANYWHERE, pattern(text), most + 1).executeQuery()) {
                while (found.next()) {
                    places.add(new Place(found.getLong(1), found.getLong(2)));
                }
            }
            return places.size() > most ? Optional.empty() : Optional.of(places);
        }

        private static long number(Session session, String sql, Object... parameters) throws SQLException {
            try (ResultSet row = session.prepare(sql, parameters).executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }

        private static String pattern(String text) {
            return '%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
        }

        @Override
        public long reach(Session session, Rooms.Row row) {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean knows(String text) {
            return !text.isEmpty();
        }

        @Override
        public List<Recorded> candidates(
                Session session, RoomName room, Rooms.Row row, String text, long from, long to, int most)
                throws SQLException {
            return Messages.read(session, Messages.LIKE, room, row, from, to, pattern(text), most);
        }
    }
}
