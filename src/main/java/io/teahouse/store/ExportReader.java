package io.teahouse.store;

import io.teahouse.account.Cloak;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads all recorded events, room by room, from a consistent snapshot; servers may write at the same time. Streams
 * the rows. For one thread, which waits for the database.
 */
public final class ExportReader implements AutoCloseable {
    private static final int FETCHED = 1000;

    /** Receives the events. */
    public interface Sink {
        /**
         * Passes on one event; oldest first within a room.
         *
         * @param done how much of {@link ExportReader#total} has been read, this event included
         */
        void take(Recorded event, long done) throws IOException;
    }

    private record Part(RoomName room, RoomsTable.Row row, long from, long to) {
        long length() {
            return Math.max(0, to - from + 1);
        }
    }

    private final Database database;
    private final Connection connection;
    private final SqlSession session;
    private final List<Part> parts;

    private ExportReader(Database database, Connection connection, SqlSession session, List<Part> parts) {
        this.database = database;
        this.connection = connection;
        this.session = session;
        this.parts = parts;
    }

    /**
     * @param room the only room to export; empty: all rooms and conversations
     * @param since the earliest time to export
     * @param cloaked whether to cloak addresses that were stored in clear
     */
    static ExportReader open(Database database, Optional<RoomName> room, Instant since, boolean cloaked)
            throws StoreException {
        database.look();
        Connection connection = null;
        try {
            connection = database.openSnapshot();
            Cloak cloak = cloaked ? cloak(new SqlSession(connection)) : Cloak.NONE;
            SqlSession session = new SqlSession(connection, () -> cloak);
            List<Part> parts = parts(session, room, since);
            if (room.isPresent() && parts.isEmpty()) {
                throw new StoreException("no messages are stored of room " + room.get());
            }
            return new ExportReader(database, connection, session, parts);
        } catch (SQLException e) {
            Sql.closeQuietly(connection);
            throw Sql.trouble(database, e);
        } catch (StoreException e) {
            Sql.closeQuietly(connection);
            throw e;
        }
    }

    /** If no server with hidden addresses has run yet, there is no key: a random one is used. */
    private static Cloak cloak(SqlSession session) throws SQLException {
        return Cloak.keyed(SqlAccountStore.knownSecret(session).orElseGet(SqlAccountStore::randomSecret));
    }

    private static List<Part> parts(SqlSession session, Optional<RoomName> room, Instant since) throws SQLException {
        List<Part> parts = new ArrayList<>();
        for (RoomsTable.Named each : RoomsTable.all(session)) {
            if (room.isEmpty() || room.get().key().equals(each.name().key())) {
                RoomsTable.Row row = each.row();
                long from = Math.max(row.firstKept(), new AnchorResolver(session, row).firstAt(since));
                parts.add(new Part(each.name(), row, from, MessageDeletion.last(session, row.id())));
            }
        }
        return parts;
    }

    /** How many seqs will be read; some messages may have been deleted. */
    public long total() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /**
     * Passes all events to the sink. May be called once.
     *
     * @throws StoreException when the database fails
     */
    public void run(Sink sink) throws StoreException, IOException {
        long before = 0;
        for (Part part : parts) {
            try {
                run(part, before, sink);
            } catch (SQLException e) {
                throw Sql.trouble(database, e);
            }
            before += part.length();
        }
    }

    private void run(Part part, long before, Sink sink) throws SQLException, IOException {
        PreparedStatement select =
                session.prepare(MessagesTable.UPWARDS, part.row.id(), part.from, part.to, Integer.MAX_VALUE);
        select.setFetchSize(FETCHED);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Recorded event = MessagesTable.read(session, rows, part.room, part.row.identity());
                sink.take(event, before + event.seq() - part.from + 1);
            }
        }
    }

    @Override
    public void close() {
        Sql.closeQuietly(connection);
        database.close();
    }
}
