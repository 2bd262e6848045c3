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

/** The FTS5 table of trigrams that {@link SearchIndexer} fills. */
final class SqliteSearchIndex implements SearchIndex {
    private static final int SHORTEST = 3;
    /** The most trigrams per query; that many select messages well enough. */
    private static final int MOST_PARTS = 8;

    /** The highest seq that fits into a row id of the index. */
    private static final long HIGHEST = (1L << 40) - 1;

    private static final String ANYWHERE = "select rowid from message_search where message_search match ? limit ?";

    /** Finds trigrams that begin with a shorter text. Texts are padded, so this also finds it at their ends. */
    private static final String BEGINNING =
            "select distinct doc from message_parts where term >= ? and term < ? limit ?";

    private static final String FIND = "select rowid from message_search where message_search match ?"
            + " and rowid >= ? and rowid <= ? order by rowid desc limit ?";

    @Override
    public long reach(SqlSession session, RoomsTable.Row row) throws SQLException {
        return session.number("select indexed from rooms where id = ?", row.id());
    }

    @Override
    public boolean knows(String text) {
        return text.codePointCount(0, text.length()) >= SHORTEST
                && TextCodec.encode(text).equals(text);
    }

    @Override
    public Optional<List<Place>> places(SqlSession session, OptionalLong room, String text, int most)
            throws SQLException {
        if (!TextCodec.encode(text).equals(text)) {
            return Optional.empty();
        }
        PreparedStatement query = knows(text)
                ? session.prepare(ANYWHERE, parts(text), most + 1)
                : session.prepare(BEGINNING, text, after(text), most + 1);
        List<Place> places = new ArrayList<>();
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                long row = found.getLong(1);
                places.add(new Place(SearchIndexer.room(row), SearchIndexer.seq(row)));
            }
        }
        return places.size() > most ? Optional.empty() : Optional.of(places);
    }

    /** The least string that is greater than all that begin with this one. */
    private static String after(String text) {
        int last = text.offsetByCodePoints(text.length(), -1);
        return text.substring(0, last) + Character.toString(text.codePointAt(last) + 1);
    }

    @Override
    public List<Recorded> candidates(
            SqlSession session, RoomName room, RoomsTable.Row row, String text, long from, long to, int most)
            throws SQLException {
        List<Long> seqs = new ArrayList<>();
        try (ResultSet found = session.prepare(
                        FIND,
                        parts(text),
                        SearchIndexer.row(row.id(), from),
                        SearchIndexer.row(row.id(), Math.min(to, HIGHEST)),
                        most)
                .executeQuery()) {
            while (found.next()) {
                seqs.add(found.getLong(1) - SearchIndexer.row(row.id(), 0));
            }
        }
        List<Recorded> events = new ArrayList<>();
        for (long seq : seqs) {
            events.addAll(MessagesTable.read(session, MessagesTable.UPWARDS, room, row, seq, seq, 1));
        }
        return events;
    }

    /** A query for consecutive trigrams of the text. Whether they are adjacent in a message is checked later. */
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
