package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.ReadMarkers;
import io.teahouse.room.Archive;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A store in a database: one thread that writes, a few that read. */
final class SqlStore implements Store, RoomLogs {
    private final Database database;
    private final StoreSettings settings;
    private final long epoch;
    private final Writer writer;
    private final Readers readers;
    private final Archive archive;
    private final AccountStore accounts;
    private final ReadMarkers markers;
    private final Map<String, SqlRoomLog> logs = new ConcurrentHashMap<>();

    static SqlStore open(Database database, StoreSettings settings) throws StoreException {
        database.prepare();
        try {
            return new SqlStore(database, settings, readEpoch(database));
        } catch (SQLException e) {
            database.close();
            throw new StoreException("the store cannot be read: " + database.explain(e), e);
        }
    }

    private static long readEpoch(Database database) throws SQLException {
        try (Connection connection = database.openReader();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select epoch from store")) {
            row.next();
            return row.getLong(1);
        }
    }

    private SqlStore(Database database, StoreSettings settings, long epoch) {
        this.database = database;
        this.settings = settings;
        this.epoch = epoch;
        this.writer = new Writer(database, settings);
        this.readers = new Readers(database, settings);
        this.archive = new SqlArchive(readers, readPatience());
        this.accounts = new SqlAccounts(writer, readers);
        this.markers = new SqlReadMarkers(writer, readers, settings.readMarkers());
    }

    StoreSettings settings() {
        return settings;
    }

    long epoch() {
        return epoch;
    }

    Writer writer() {
        return writer;
    }

    Readers readers() {
        return readers;
    }

    /** A room waits no longer than the timeout; so there is no use in looking that long. */
    Duration readPatience() {
        return settings.timeout().dividedBy(2);
    }

    @Override
    public RoomLogs logs() {
        return this;
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public ReadMarkers markers() {
        return markers;
    }

    @Override
    public RoomLog of(RoomName room) {
        return logs.computeIfAbsent(room.key(), key -> new SqlRoomLog(room, this));
    }

    @Override
    public CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to) {
        return writer.submit(new Renaming(
                        from,
                        to,
                        () -> logs.containsKey(to.key()),
                        identity -> isRenamed(from, to, identity),
                        () -> renamed(from, to)))
                .answer;
    }

    private boolean isRenamed(RoomName from, RoomName to, String identity) {
        SqlRoomLog log = logs.get(to.key());
        return log != null && log.identity().equals(identity) && !logs.containsKey(from.key());
    }

    private void renamed(RoomName from, RoomName to) {
        SqlRoomLog log = logs.remove(from.key());
        if (log != null) {
            log.rename(to);
            logs.put(to.key(), log);
        }
    }

    @Override
    public void putAway(RoomName room) {
        logs.remove(room.key());
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        database.close();
    }
}
