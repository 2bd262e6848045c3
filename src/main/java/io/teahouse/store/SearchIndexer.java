package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RoomEvent.Recorded;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes messages fit to be searched, behind the commit: in pieces, when the writer has nothing else to do and there is no
 * {@link LoadDetector}, and between other work when too much waits. How far it has come is stored with what it has done; what is not
 * indexed yet is looked through by whoever searches. What is deleted is taken out by triggers. Runs on the writer's thread.
 */
final class SearchIndexer {
    /**
     * Messages that one transaction indexes: each leaves a segment of FTS5 to be merged with others, so pieces of 500 cost
     * twice as much a message as these; larger ones keep what is said meanwhile waiting longer.
     */
    private static final int PIECE = 1000;

    /** So many are worth a transaction. */
    private static final int ENOUGH = PIECE;

    /** How long a few may wait for more. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Stands after each text, so that the last of its characters begin a part, too. */
    private static final String PADDING = "\u0001\u0001";

    /** Bits of a row's number that are the seq. */
    private static final int ROOM = 40;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private static final String UNFINISHED = "select id, newest - indexed from (select id, indexed,"
            + " coalesce((select max(seq) from messages where room = rooms.id), 0) newest from rooms)"
            + " where newest > indexed";
    private static final String NEXT =
            "select seq, kind, audience, text from messages where room = ? and seq > ? order by seq limit ?";

    private final int most;

    /** The rooms that are not indexed to the end, and how many messages of each are not, about. */
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    private long count;

    /** Of them, those that were stored since indexing had its turn. */
    private long fresh;

    private boolean started;
    private boolean failing;
    private final LoadDetector rush = new LoadDetector();

    /**
     * @param most when more than so many wait, as many are indexed as are stored, and one piece more: no load makes them
     *     more
     */
    SearchIndexer(int most) {
        this.most = most;
    }

    /** Where a message's row is in the index. */
    static long row(long room, long seq) {
        return (room << ROOM) | seq;
    }

    static long room(long row) {
        return row >>> ROOM;
    }

    static long seq(long row) {
        return row & ((1L << ROOM) - 1);
    }

    /** Something more has been stored. */
    void stored(long room, List<Recorded> batch) {
        waiting.merge(room, (long) batch.size(), Long::sum);
        count += batch.size();
        fresh += batch.size();
        rush.stored(batch.size());
    }

    /** A transaction is over. */
    void done() {
        rush.transactionEnded();
    }

    /** Nothing came for as long as {@link #patience} says, be it no time at all. */
    void nothingCame() {
        rush.nothingCameFor(patience());
    }

    /** How many steps are due although there is other work to do. */
    long due() {
        long due = failing || count <= most ? 0 : 1 + fresh / PIECE;
        fresh = 0;
        return due;
    }

    /** How long the writer should wait for other work before it does this. */
    Duration patience() {
        if (failing) {
            return AFTER_FAILURE;
        }
        if (started && count < ENOUGH) {
            return SOON;
        }
        return rush.isOn() ? LoadDetector.QUIET : Duration.ZERO;
    }

    boolean isIdle() {
        return started && waiting.isEmpty();
    }

    /** Does a little. To be committed by the caller. */
    void step(SqlSession session) throws SQLException {
        if (!started) {
            find(session);
        }
        int left = PIECE;
        while (left > 0 && !waiting.isEmpty()) {
            long room = waiting.keySet().iterator().next();
            int done = index(session, room, left);
            count -= done < left ? waiting.getOrDefault(room, 0L) : done;
            if (done < left) {
                waiting.remove(room);
            } else {
                waiting.computeIfPresent(room, (id, before) -> Math.max(1, before - done));
            }
            left -= Math.max(1, done);
        }
        count = waiting.isEmpty() ? 0 : Math.max(0, count);
    }

    boolean isFailing() {
        return failing;
    }

    /** What was done is stored. */
    void committed() {
        failing = false;
    }

    /** It was rolled back: nobody knows any more what is to be done. */
    void failed() {
        failing = true;
        started = false;
    }

    private void find(SqlSession session) throws SQLException {
        waiting.clear(); // what was told since is among it
        count = 0;
        try (ResultSet row = session.prepare(UNFINISHED).executeQuery()) {
            while (row.next()) {
                waiting.put(row.getLong(1), row.getLong(2));
                count += row.getLong(2);
            }
        }
        started = true;
    }

    private static int index(SqlSession session, long room, int most) throws SQLException {
        long from;
        try (ResultSet row =
                session.prepare("select indexed from rooms where id = ?", room).executeQuery()) {
            if (!row.next()) {
                return 0; // deleted since
            }
            from = row.getLong(1);
        }
        int read = 0;
        long last = from;
        PreparedStatement insert = session.prepare("insert into message_search (rowid, text) values (?, ?)");
        try (ResultSet row = session.prepare(NEXT, room, from, most).executeQuery()) {
            while (row.next()) {
                read++;
                last = row.getLong(1);
                if (row.getInt(2) < MessagesTable.SIGNAL && row.getInt(3) == 0) {
                    insert.setLong(1, row(room, last));
                    insert.setString(2, Names.fold(row.getString(4)) + PADDING);
                    insert.addBatch();
                }
            }
        }
        insert.executeBatch();
        session.update("update rooms set indexed = ? where id = ?", last, room);
        return read;
    }
}
