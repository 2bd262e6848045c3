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
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an operator does to a store, from another process than the server's. Every method waits until it is done; what
 * cannot be done is said by a {@link StoreException}, in one line.
 */
public final class StoreMaintenance {
    /** How names of files beside the store go on that hold a copy of it or of a part. */
    private static final List<String> COPIES =
            List.of(".replaced-", ".before-", ".restoring", ".part", "-wal.without-database-");

    private final StoreSettings settings;

    public StoreMaintenance(StoreSettings settings) {
        this.settings = settings;
    }

    /**
     * What came of a restore.
     *
     * @param replaced where the file is that was there before; empty: there was none
     * @param epoch the store's new one
     */
    public record Restored(Optional<Path> replaced, long epoch) {}

    /**
     * What was erased of an account.
     *
     * @param registered whether there was such an account
     * @param messages how many there were
     * @param conversations how many it took part in
     * @param released the rooms that belonged to it
     * @param before it was erased before, by a run that came to its end
     * @param resumed an earlier run had been interrupted, and what it had left is done now
     * @param copies files beside the store that still hold it
     */
    public record Erased(
            boolean registered,
            long messages,
            int conversations,
            List<String> released,
            boolean before,
            boolean resumed,
            List<Path> copies) {
        Erased with(List<Path> others) {
            return new Erased(registered, messages, conversations, released, before, resumed, others);
        }

        /** Nothing of that name was found. */
        public boolean isNothing() {
            return !resumed && !registered && messages == 0 && conversations == 0 && released.isEmpty();
        }
    }

    /**
     * What was deleted in a room, because it was too old.
     *
     * @param messages how many
     * @param before they were said before that
     */
    public record Deleted(RoomName room, long messages, Instant before) {}

    /**
     * Copies the store as it is at this moment, and reads the copy once. A server may write meanwhile.
     *
     * @param to is not there yet
     * @return how many bytes it has
     */
    public long backup(Path to) throws StoreException {
        requireSqlite("pg_dump makes a consistent copy of a PostgreSQL while the server runs:"
                + " pg_dump --format=custom --file=" + to + " DATABASE");
        if (!Files.exists(settings.backend().path())) {
            throw new StoreException("there is no store " + settings.backend().path() + " (teahouse.store.path)");
        } else if (Files.exists(to)) {
            throw new StoreException(to + " is there already; nothing was written");
        }
        SqliteDatabase database =
                new SqliteDatabase(settings.backend().path(), settings.backend().timeout());
        try {
            SqliteFile.copy(settings.backend().path(), to);
            SqliteFile.check(to);
            return Files.size(to);
        } catch (SQLException e) {
            throw new StoreException("no backup in " + to + ": " + database.explain(e), e);
        } catch (IOException e) {
            throw new StoreException("no backup in " + to + ": " + explain(e), e);
        }
    }

    /** Puts a backup in the place of the store, which no server may hold. */
    public Restored restore(Path from) throws StoreException {
        requireSqlite(
                "pg_restore puts a backup of a PostgreSQL back, while no server runs;" + " then: restore --in-place");
        if (!Files.isRegularFile(from)) {
            throw new StoreException("there is no file " + from);
        }
        SqliteDatabase database =
                new SqliteDatabase(settings.backend().path(), settings.backend().timeout());
        try {
            int version = SqliteFile.check(from);
            if (version == 0) {
                throw new StoreException(from + " is no backup of a store: it has none of its tables");
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

    /** A store was put back by other means: gives it another epoch, and tells that. No server may hold it. */
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
     * Everything that was recorded, or a part of it. A server may write meanwhile.
     *
     * @param room only that one; empty: all, and the conversations
     * @param since nothing from before
     * @param cloaked whether addresses that were stored as they are come out as others see them
     */
    public ExportReader export(Optional<RoomName> room, Instant since, boolean cloaked) throws StoreException {
        return ExportReader.open(Stores.database(settings), room, since, cloaked);
    }

    /**
     * Takes an account out of the store, with all that was said under it. No server may hold it.
     *
     * @param key its folded name
     * @param isSpelling whether a name is that of the account
     */
    public Erased erase(String key, Predicate<String> isSpelling) throws StoreException {
        try (Database database = Stores.database(settings)) {
            Erased erased = ExclusiveAccess.with(
                    database, (connection, session) -> new AccountEraser(session, key, isSpelling).run());
            return erased.with(settings.backend().kind() == Kind.SQLITE ? copies() : List.of());
        } catch (IOException e) {
            throw new StoreException("it was erased, but the folder of the store cannot be read: " + explain(e), e);
        }
    }

    /** What restores, new versions and servers that were killed left behind. */
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

    /** Deletes what is too old. A server may run meanwhile. */
    public List<Deleted> expire(Retention retention, Instant now) throws StoreException {
        try (Database database = Stores.database(settings)) {
            database.look();
            try (Connection connection = database.openWriter()) {
                List<Deleted> all = new RetentionTask(database, connection, retention, now).run();
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
                database.forgetNow(); // or the old password's hash stays in the write-ahead log
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
