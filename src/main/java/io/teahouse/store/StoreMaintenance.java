package io.teahouse.store;

import io.teahouse.account.Credentials;
import io.teahouse.room.RoomName;
import io.teahouse.store.StoreSettings.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Operations of an operator on a store, from another process than the server's. Every method blocks until it is
 * done, and reports a failure as a {@link StoreException} with a one-line message.
 */
public final class StoreMaintenance {
    /** Suffixes of files beside the store that may contain copies of its data. */
    private static final List<String> COPIES =
            List.of(".replaced-", ".before-", ".restoring", ".part", "-wal.without-database-");

    private final StoreSettings settings;

    public StoreMaintenance(StoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Copies the store from a consistent snapshot, and reads the whole copy to check it. A server may write at the
     * same time.
     *
     * @param to does not exist yet
     * @return the size of the copy in bytes
     */
    public long backup(Path to) throws StoreException {
        requireSqlite("use pg_dump for PostgreSQL; it makes a consistent copy while the server runs:"
                + " pg_dump --format=custom --file=" + to + " DATABASE");
        if (!Files.exists(settings.backend().path())) {
            throw new StoreException("there is no store " + settings.backend().path() + " (teahouse.store.path)");
        }
        Optional<String> obstacle = PrivateFile.obstacle(to);
        if (obstacle.isPresent()) {
            throw new StoreException(obstacle.get());
        }
        SqliteDatabase database =
                new SqliteDatabase(settings.backend().path(), settings.backend().timeout());
        try {
            SqliteFile.copy(settings.backend().path(), to);
            SqliteFile.check(to);
            return Files.size(to);
        } catch (SQLException e) {
            throw new StoreException("the backup " + to + " could not be made: " + database.explain(e), e);
        } catch (IOException e) {
            throw new StoreException("the backup " + to + " could not be made: " + explain(e), e);
        }
    }

    /** Replaces the store, which no server may have open, by a backup. */
    public MaintenanceResult.Restored restore(Path from) throws StoreException {
        requireSqlite("use pg_restore for PostgreSQL, while no server runs;" + " then: restore --in-place");
        if (!Files.isRegularFile(from)) {
            throw new StoreException("there is no file " + from);
        }
        SqliteDatabase database =
                new SqliteDatabase(settings.backend().path(), settings.backend().timeout());
        try {
            int version = SqliteFile.check(from);
            if (version == 0) {
                throw new StoreException(from + " is not a backup of a store: it has no Teahouse tables");
            }
            Schema.refuseNewer(version, from.toString());
            database.takeLock();
            return new BackupRestorer(settings.backend().path(), from).run();
        } catch (SQLException e) {
            throw new StoreException(from + " was not restored: " + database.explain(e), e);
        } catch (IOException e) {
            throw new StoreException(from + " was not restored: " + explain(e), e);
        } finally {
            database.close();
        }
    }

    /** Gives a store that was restored by other means a new epoch, and returns it. No server may have it open. */
    public long raiseEpoch() throws StoreException {
        try (Database database = Stores.database(settings)) {
            return ExclusiveAccess.with(database, (connection, session) -> {
                long epoch = StoreEpoch.after(StoreEpoch.read(connection));
                StoreEpoch.write(connection, epoch);
                return epoch;
            });
        }
    }

    /**
     * Exports all recorded events, or a part. A server may write at the same time.
     *
     * @param room the only room to export; empty: all rooms and conversations
     * @param since the earliest time to export
     * @param cloaked whether to cloak addresses that were stored in clear
     */
    public ExportReader export(Optional<RoomName> room, Instant since, boolean cloaked) throws StoreException {
        return ExportReader.open(Stores.database(settings), room, since, cloaked);
    }

    /**
     * Erases an account and its messages, also under names that it had before it was renamed. No server may have the store open.
     *
     * @param key its folded name
     * @param isSpelling whether the first name is a spelling of the second one, which is folded
     */
    public MaintenanceResult.Erased erase(String key, BiPredicate<String, String> isSpelling) throws StoreException {
        try (Database database = Stores.database(settings)) {
            MaintenanceResult.Erased erased = ExclusiveAccess.with(
                    database, (connection, session) -> new AccountEraser(session, key, isSpelling).run());
            return erased.with(settings.backend().kind() == Kind.SQLITE ? copies() : List.of());
        } catch (IOException e) {
            throw new StoreException(
                    "the account was erased, but the folder of the store cannot be read: " + explain(e), e);
        }
    }

    /** Files that restores, migrations and killed servers left beside the store. */
    private List<Path> copies() throws IOException {
        String name = settings.backend().path().getFileName().toString();
        Path folder = settings.backend().path().toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> COPIES.stream()
                            .anyMatch(end -> file.getFileName().toString().startsWith(name + end)))
                    .sorted()
                    .toList();
        }
    }

    /** Deletes expired messages. A server may be running. */
    public List<MaintenanceResult.Deleted> expire(Retention retention, Instant now) throws StoreException {
        try (Database database = Stores.database(settings)) {
            database.look();
            try (Connection connection = database.openWriter()) {
                List<MaintenanceResult.Deleted> all = new RetentionTask(database, connection, retention, now).run();
                database.forgetNow();
                return all;
            } catch (SQLException e) {
                throw Sql.trouble(database, e);
            }
        }
    }

    /**
     * Replaces the password of an account by a code. A server may be running.
     *
     * @param key its folded name
     * @param until when the code expires
     * @return false: there is no such account
     */
    public boolean resetPassword(String key, Credentials code, Instant until) throws StoreException {
        try (Database database = Stores.database(settings)) {
            database.look();
            try (Connection connection = database.openWriter();
                    SqlSession session = new SqlSession(connection)) {
                database.begin(session);
                boolean found = SqlAccountStore.reset(session, key, code, until);
                connection.commit();
                database.forgetNow(); // otherwise the old password's hash stays in the write-ahead log
                return found;
            } catch (SQLException e) {
                throw Sql.trouble(database, e);
            }
        }
    }

    private void requireSqlite(String elsewhere) throws StoreException {
        if (settings.backend().kind() == Kind.POSTGRESQL) {
            throw new StoreException(elsewhere);
        }
        Stores.database(settings).close();
    }

    private static String explain(IOException e) {
        return e instanceof NoSuchFileException missing ? "there is no " + missing.getFile() : e.toString();
    }
}
