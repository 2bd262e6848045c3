package io.teahouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The epoch of a store: a part of the ids of what is said in it. It grows whenever the store goes back to an earlier state,
 * since the seqs of what is lost by that are given again.
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
     * One that has not been before. Counting would not do: whoever restores the same backup twice would get the same epoch
     * twice, and the file that knows better may be what was lost. So it is the time in seconds, unless that is too low.
     */
    static long after(long known) {
        return Math.max(known + 1, System.currentTimeMillis() / 1000);
    }
}
