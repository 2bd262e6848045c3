package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.MemoryAccountStore;
import io.teahouse.account.MemoryReadMarkers;
import io.teahouse.account.ReadMarkers;
import io.teahouse.hook.HookQueue;
import io.teahouse.hook.MemoryHookQueue;
import io.teahouse.operator.OperatorStores;
import io.teahouse.room.Archive;
import io.teahouse.room.LogBudget;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.support.Library;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.MemoryAlwaysOnUsers;
import java.nio.file.Path;
import java.util.Optional;

/** Opens stores: those that the settings of the server name, and those of applications. */
public final class Stores {
    /** How many always-on users a store in memory has; more than a server keeps there. */
    private static final int ALWAYS_ON = 100_000;

    private static final Library SQLITE = new Library("org.xerial:sqlite-jdbc", "org.sqlite.JDBC");
    private static final Library POSTGRESQL = new Library("org.postgresql:postgresql", "org.postgresql.Driver");
    private static final Library FLYWAY = new Library("org.flywaydb:flyway-core", "org.flywaydb.core.Flyway");
    private static final Library FLYWAY_POSTGRESQL = new Library(
            "org.flywaydb:flyway-database-postgresql", "org.flywaydb.database.postgresql.PostgreSQLDatabaseType");

    private Stores() {}

    /**
     * Opens the store, and migrates it if it is older than this server. Blocks; not for actors.
     *
     * @throws StoreException with one line that names the problem and the setting
     */
    public static Store open(StoreSettings settings) throws StoreException {
        return switch (settings.backend().kind()) {
            case MEMORY -> memory(settings);
            case SQLITE, POSTGRESQL -> SqlStore.open(database(settings), settings);
        };
    }

    /**
     * The database of a store.
     *
     * @throws StoreException when the store is in memory
     */
    static Database database(StoreSettings settings) throws StoreException {
        Optional<String> missing = switch (settings.backend().kind()) {
            case MEMORY -> Optional.empty();
            case SQLITE -> Library.missing("a store in SQLite", SQLITE, FLYWAY);
            case POSTGRESQL -> Library.missing("a store in PostgreSQL", POSTGRESQL, FLYWAY, FLYWAY_POSTGRESQL);
        };
        if (missing.isPresent()) {
            throw new StoreException(missing.get());
        }
        return switch (settings.backend().kind()) {
            case MEMORY -> throw new StoreException("nothing is stored: teahouse.store.kind is memory");
            case SQLITE ->
                new SqliteDatabase(settings.backend().path(), settings.backend().timeout());
            case POSTGRESQL ->
                new PostgresDatabase(
                        settings.backend().url(), settings.backend().timeout());
        };
    }

    /**
     * Opens a store in that file, which is created if it does not exist. Blocks.
     *
     * @throws StoreException with one line that names the problem
     */
    public static Store sqlite(Path file) throws StoreException {
        return open(StoreSettings.sqlite(file));
    }

    /**
     * Opens a store in that database. Blocks.
     *
     * @param url {@code jdbc:postgresql://host/database?user=…}
     * @throws StoreException with one line that names the problem
     */
    public static Store postgresql(String url) throws StoreException {
        return open(StoreSettings.postgresql(url));
    }

    /** A store in memory: nothing outlives the process. */
    public static Store memory() {
        return memory(StoreSettings.inMemory());
    }

    private static Store memory(StoreSettings settings) {
        MemoryRoomLogs logs = new MemoryRoomLogs(
                settings.memory().lines(), new LogBudget(settings.memory().bytes()));
        return with(logs, logs, new MemoryAccountStore(settings.rooms().names()), settings.readMarkers());
    }

    /**
     * A store with the caller's logs; the rest is in memory.
     *
     * @param readMarkers how many one account has
     */
    public static Store with(RoomLogs logs, Archive archive, int readMarkers) {
        return with(logs, archive, new MemoryAccountStore(), readMarkers);
    }

    private static Store with(RoomLogs logs, Archive archive, AccountStore accounts, int readMarkers) {
        return new Open(
                logs,
                archive,
                accounts,
                new MemoryReadMarkers(readMarkers),
                new MemoryAlwaysOnUsers(ALWAYS_ON),
                OperatorStores.inMemory(),
                new MemoryHookQueue(),
                () -> {});
    }

    /** A store composed of its parts. */
    record Open(
            RoomLogs logs,
            Archive archive,
            AccountStore accounts,
            ReadMarkers markers,
            AlwaysOnUsers alwaysOn,
            OperatorStores operators,
            HookQueue hooks,
            Runnable end)
            implements Store {
        @Override
        public void close() {
            end.run();
        }
    }
}
