package io.teahouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The epoch of a store, which is a part of message ids. It grows whenever the store is set back to an earlier state,
 * since the seqs of the lost messages are used again.
 */
final class StoreEpoch {
    private StoreEpoch() {}

    static long read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select epoch from store")) {
            if (!row.next()) {
                throw new SQLException("the store has no epoch");
            }
            return row.getLong(1);
        }
    }

    static void write(Connection connection, long epoch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update store set epoch = " + epoch);
        }
    }

    /**
     * A new epoch. Counting would not do: restoring the same backup twice would give the same epoch twice. So it is
     * the time in seconds, unless that is not greater than the known epoch.
     */
    static long after(long known) {
        return Math.max(known + 1, System.currentTimeMillis() / 1000);
    }
}
