package io.teahouse.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Operations on a whole SQLite file. */
final class SqliteFile {
    /** The file must exist: a flag of <a href="https://www.sqlite.org/c3ref/open.html">sqlite3_open_v2</a>. */
    static final String READ_WRITE = "?open_mode=2";

    private static final String BUSY = "pragma busy_timeout = 10000";

    /** The folder of the migrations. */
    static final String MIGRATIONS = "db/sqlite";

    private SqliteFile() {}

    /** Opens an existing file; read-only if it cannot be written to. */
    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + READ_WRITE);
    }

    /**
     * Copies a file from a consistent snapshot; others may write at the same time. The copy contains nothing that was
     * deleted. It is on the disk when this returns, or does not exist.
     *
     * @param to does not exist yet
     */
    static void copy(Path from, Path to) throws SQLException, IOException {
        PrivateFile.<SQLException>make(to, part -> {
            try (Connection connection = open(from);
                    Statement statement = connection.createStatement()) {
                statement.execute(BUSY);
                statement.execute("vacuum into '" + part.toString().replace("'", "''") + "'");
            }
        });
    }

    /**
     * Reads the whole file to check it.
     *
     * @return the version of its tables
     * @throws SQLException when it is damaged, or no database
     */
    static int check(Path file) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            statement.execute(BUSY);
            try (ResultSet found = statement.executeQuery("pragma quick_check(1)")) {
                String verdict = found.next() ? found.getString(1) : "?";
                if (!verdict.equals("ok")) {
                    throw new SQLException("the file is damaged: " + verdict);
                }
            }
            return Schema.version(connection);
        }
    }

    /** The epoch of a file that no other process uses. */
    static long epoch(Path file) throws SQLException {
        try (Connection connection = open(file)) {
            return StoreEpoch.read(connection);
        }
    }

    /** Sets the epoch of a file that no other process uses. */
    static void setEpoch(Path file, long epoch) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = full");
            StoreEpoch.write(connection, epoch);
        }
    }

    /** Checkpoints the write-ahead log into a file that no other process uses. */
    static void foldIn(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }
}
