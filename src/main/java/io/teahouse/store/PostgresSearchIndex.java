package io.teahouse.store;

import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Searches by PostgreSQL's own indexes: of trigrams, if the extension <a
 * href="https://www.postgresql.org/docs/current/pgtrgm.html">pg_trgm</a> is available, and of single CJK characters.
 * They find rare texts at once and are slow for frequent ones; so a query gets little time, and afterwards the newest
 * messages are scanned.
 */
final class PostgresSearchIndex implements SearchIndex {
    /** The shortest word that the trigram index can find. */
    private static final int SHORTEST_WORD = 3;

    /** The first character that is in the index of CJK characters. */
    private static final int FIRST_SIGN = 0x2E80;

    /** The same statement as in the eleventh migration, whatever schema the extension is in. */
    private static final String MAKE =
            "do $$ begin execute format('create index if not exists messages_text on messages"
                    + " using gin (folded(text) %I.gin_trgm_ops) where kind < 3 and audience = 0',"
                    + " (select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace"
                    + " where extname = 'pg_trgm')); end $$";

    private static final int PATIENCE_MILLIS = 60;

    /** SQLSTATE of a statement that took too long. */
    private static final String CANCELED = "57014";

    /** The schema of the extension, which need not be on the search path; no row, unless the index exists. */
    private static final String EXTENSION = "select quote_ident(nspname) from pg_extension"
            + " join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm' and exists"
            + " (select from pg_indexes where schemaname = current_schema() and indexname = 'messages_text')";

    /** Disables sequential scans: the planner would choose one where it expects enough rows soon. */
    private static final String BEGIN = "select current_setting('statement_timeout'),"
            + " current_setting('enable_seqscan'), set_config('enable_seqscan', 'off', false), set_config('statement_timeout', '"
            + PATIENCE_MILLIS
            + "', false)";

    /** Restores the settings; a reader has no transaction that would do so. */
    private static final String END =
            "select set_config('statement_timeout', ?, false), set_config('enable_seqscan', ?, false)";

    private static final String SELECT = "select room, seq from messages where kind < 3 and audience = 0";
    private static final String BY_LETTERS = SELECT + " and folded(text) like ?";

    /** Contains the expression of the index word for word. */
    static final String BY_SIGNS = SELECT + " and folded(text) ~ '[^\\u0001-\\u2e7f]'"
            + " and string_to_array(regexp_replace(folded(text), '[\\u0001-\\u2e7f]+', '', 'g'), null) @> string_to_array(?, null)"
            + " and folded(text) like ?";

    private static final String IN_ROOM = " and room = ?";
    private static final String LIMIT = " limit ?";

    @Override
    public Optional<List<Place>> places(SqlSession session, OptionalLong room, String text, int most)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        String signs = signs(text);
        String word = word(text);
        if (!word.isEmpty() && areLetters(session, word)) {
            sql.append(BY_LETTERS);
        } else if (!signs.isEmpty()) {
            sql.append(BY_SIGNS);
            parameters.add(signs);
        } else {
            return Optional.empty();
        }
        parameters.add('%' + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%');
        if (room.isPresent()) {
            sql.append(IN_ROOM);
            parameters.add(room.getAsLong());
        }
        parameters.add(most + 1);
        return places(session, sql.append(LIMIT).toString(), most, parameters.toArray());
    }

    private static String signs(String text) {
        StringBuilder signs = new StringBuilder();
        TextCodec.encode(text).codePoints().filter(c -> c >= FIRST_SIGN).forEach(signs::appendCodePoint);
        return signs.toString();
    }

    /** The first word that is long enough for the trigram index; empty: there is none. */
    private static String word(String text) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isLetterOrNumber(c)) {
                word.appendCodePoint(c);
            } else if (word.codePointCount(0, word.length()) >= SHORTEST_WORD) {
                break;
            } else {
                word.setLength(0);
            }
        }
        return word.codePointCount(0, word.length()) >= SHORTEST_WORD ? word.toString() : "";
    }

    private static boolean isLetterOrNumber(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static Optional<List<Place>> places(SqlSession session, String sql, int most, Object... parameters)
            throws SQLException {
        String timeout;
        String scans;
        try (ResultSet row = session.prepare(BEGIN).executeQuery()) {
            row.next();
            timeout = row.getString(1);
            scans = row.getString(2);
        }
        List<Place> places = new ArrayList<>();
        try (ResultSet found = session.prepare(sql, parameters).executeQuery()) {
            while (found.next()) {
                places.add(new Place(found.getLong(1), found.getLong(2)));
            }
        } catch (SQLException e) {
            if (CANCELED.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        } finally {
            session.prepare(END, timeout, scans).execute();
        }
        return places.size() > most ? Optional.empty() : Optional.of(places);
    }

    /** Whether the database treats the word as letters; that depends on its locale. */
    private static boolean areLetters(SqlSession session, String word) throws SQLException {
        Optional<String> extension = extension(session);
        if (extension.isEmpty()) {
            return false;
        }
        try (ResultSet row = session.prepare("select cardinality(" + extension.get() + ".show_trgm(?))", word)
                .executeQuery()) {
            return row.next() && row.getLong(1) > 0;
        }
    }

    private static Optional<String> extension(SqlSession session) throws SQLException {
        try (ResultSet row = session.prepare(EXTENSION).executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /**
     * Creates the trigram index if it is missing: the extension may have been installed since.
     *
     * @throws SQLException when the extension is not available
     */
    static void prepare(Connection connection) throws SQLException {
        try (SqlSession session = new SqlSession(connection)) {
            if (extension(session).isEmpty()) {
                session.prepare("create extension if not exists pg_trgm").execute();
                session.prepare(MAKE).execute();
            }
        }
    }

    /** The indexes cover all messages. */
    @Override
    public long reach(SqlSession session, RoomsTable.Row row) {
        return Long.MAX_VALUE;
    }

    /** A text that the indexes do not find at once is not faster to find room by room. */
    @Override
    public boolean knows(String text) {
        return false;
    }

    @Override
    public List<Recorded> candidates(
            SqlSession session, RoomName room, RoomsTable.Row row, String text, long from, long to, int most) {
        return List.of();
    }
}
