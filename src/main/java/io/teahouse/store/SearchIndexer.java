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
 * Adds messages to the search index after they were committed: in batches, when the writer is idle and {@link
 * LoadDetector} reports no high load, and between other jobs when the backlog is too long. The progress is stored in
 * the same transaction; searches scan what is not indexed yet. Triggers remove deleted messages from the index. Runs
 * on the writer's thread.
 */
final class SearchIndexer {
    /**
     * Messages per transaction. Each transaction leaves an FTS5 segment to be merged, so batches of 500 cost twice as
     * much per message; larger batches delay other writes longer.
     */
    private static final int BATCH = 1000;

    /** The smallest backlog that is indexed without waiting for more. */
    private static final int ENOUGH = BATCH;

    /** How long a smaller backlog waits for more messages. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Appended to each text, so that its last characters begin a trigram as well. */
    private static final String PADDING = "\u0001\u0001";

    /** The bits of a row id that hold the seq. */
    private static final int ROOM = 40;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private static final String UNFINISHED = "select id, newest - indexed from (select id, indexed,"
            + " coalesce((select max(seq) from messages where room = rooms.id), 0) newest from rooms)"
            + " where newest > indexed";
    private static final String NEXT =
            "select seq, kind, audience, text from messages where room = ? and seq > ? order by seq limit ?";

    private final int most;

    /** The backlog: rooms, with the approximate number of messages that are not indexed. */
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    private long count;

    /** The same, for other threads. */
    private volatile long published;

    /** Messages of the backlog that were stored since the last step. */
    private long fresh;

    private boolean started;
    private boolean failing;
    private final LoadDetector rush = new LoadDetector();

    /**
     * @param most the backlog from which on indexing keeps up with writing, and does one batch more, whatever the
     *     load
     */
    SearchIndexer(int most) {
        this.most = most;
    }

    /** The row id of a message in the index. */
    static long row(long room, long seq) {
        return (room << ROOM) | seq;
    }

    static long room(long row) {
        return row >>> ROOM;
    }

    static long seq(long row) {
        return row & ((1L << ROOM) - 1);
    }

    /** The approximate number of messages in the backlog. From any thread. */
    long backlog() {
        return published;
    }

    /** Adds stored messages to the backlog. */
    void stored(long room, List<Recorded> batch) {
        waiting.merge(room, (long) batch.size(), Long::sum);
        count += batch.size();
        fresh += batch.size();
        rush.stored(batch.size());
        published = count;
    }

    /** Called at the end of each transaction. */
    void done() {
        rush.transactionEnded();
    }

    /** No job came within {@link #patience}. */
    void nothingCame() {
        rush.nothingCameFor(patience());
    }

    /** How many steps are due even if other jobs wait. */
    long due() {
        long due = failing || count <= most ? 0 : 1 + fresh / BATCH;
        fresh = 0;
        return due;
    }

    /** How long the writer waits for other jobs before the next step. */
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

    /** Indexes one batch. The caller commits. */
    void step(SqlSession session) throws SQLException {
        if (!started) {
            find(session);
        }
        int left = BATCH;
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
        published = count;
    }

    boolean isFailing() {
        return failing;
    }

    /** The step was committed. */
    void committed() {
        failing = false;
    }

    /** The step was rolled back: the backlog has to be read again. */
    void failed() {
        failing = true;
        started = false;
    }

    private void find(SqlSession session) throws SQLException {
        waiting.clear(); // includes messages that were reported in the meantime
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
