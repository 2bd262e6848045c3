package io.teahouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The version of the tables that a store has. Flyway brings an older one up to date; it is not even loaded where there is
 * nothing to do, because that takes longer than anything else of a start.
 */
final class Schema {
    /** The newest version: that of the last file in {@code db/sqlite} and {@code db/postgresql}. */
    static final int NEWEST = 16;

    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /** 0: there is nothing yet. */
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

    /** @throws StoreException when a newer server has been here before */
    static void refuseNewer(int version, String where) throws StoreException {
        if (version > NEWEST) {
            throw new StoreException(where + " was written by a newer server: its tables have version " + version
                    + ", and this server knows them up to version " + NEWEST);
        }
    }

    /** @throws StoreException when it is not the one that this program knows */
    static void requireNewest(int version, String where) throws StoreException {
        refuseNewer(version, where);
        if (version < NEWEST) {
            throw new StoreException(where + " has tables of version " + version + ", and this program needs version "
                    + NEWEST + ": start the server once, which brings it up to date");
        }
    }

    /** @param folder of the files that make each version out of the one before */
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
                    where + " cannot be brought up to date: " + firstLine(e).replace(url, "(its URL)"), e);
        }
    }

    /** The history says nothing any more of when its versions were made, and how long that took. */
    static void forgetWhen(Statement statement) throws SQLException {
        statement.execute("update " + HISTORY + " set installed_on = 0, execution_time = 0");
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(e.toString());
    }
}
