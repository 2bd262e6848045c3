package io.teahouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The version of a store's tables. Flyway migrates older ones; it is only loaded when there is something to migrate,
 * because that takes longer than the rest of the start.
 */
final class Schema {
    /** The newest version: that of the last file in {@code db/sqlite} and {@code db/postgresql}. */
    static final int NEWEST = 22;

    private static final String LONG_AGO = "1970-01-01 00:00:00.000";
    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /** The version of the tables; 0: there are none. */
    static int version(Connection connection) throws SQLException {
        try (ResultSet found = connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
            if (!found.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select max(cast(version as integer)) from " + HISTORY
                        + " where success and version is not null")) {
            return found.next() ? found.getInt(1) : 0;
        }
    }

    /** @throws StoreException when a newer server has migrated the tables */
    static void refuseNewer(int version, String where) throws StoreException {
        if (version > NEWEST) {
            throw new StoreException(where + " was written by a newer server: its tables have version " + version
                    + ", and this server supports versions up to " + NEWEST);
        }
    }

    /** @throws StoreException when it is not the version of this program */
    static void requireNewest(int version, String where) throws StoreException {
        refuseNewer(version, where);
        if (version < NEWEST) {
            throw new StoreException(where + " has tables of version " + version + ", and this program needs version "
                    + NEWEST + ": start the server once, which migrates it");
        }
    }

    /** @param folder of the migrations */
    static void migrate(String url, String folder, String where) throws StoreException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(url, null, null)
                    .locations("classpath:" + folder)
                    .table(HISTORY)
                    .baselineOnMigrate(false)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    where + " cannot be migrated: " + firstLine(e).replace(url, "(its URL)"), e);
        }
    }

    /** Removes times from the migration history, so that two builds create the same file. */
    static void forgetWhen(Statement statement) throws SQLException {
        statement.execute("update " + HISTORY + " set installed_on = '" + LONG_AGO + "', execution_time = 0");
    }

    /** Mends the history of a store that was created by a build before: what it has as times, Flyway cannot read. */
    static void mendWhen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "update " + HISTORY + " set installed_on = '" + LONG_AGO + "' where installed_on in (0, '0')");
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(e.toString());
    }
}
