package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What everybody needs who asks a database something from the command line. */
final class Sql {
    private Sql() {}

    static StoreException trouble(Database database, SQLException e) {
        return new StoreException(database.where() + ": " + database.explain(e), e);
    }

    static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            StoreWriter.LOG.debug("a connection to the store did not close well: {}", e.toString());
        }
    }
}
