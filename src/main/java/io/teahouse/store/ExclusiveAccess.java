package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs one transaction on a store that no server has open, and removes from the files what it deleted. */
final class ExclusiveAccess {
    /** The body of the transaction. */
    interface Work<T> {
        T run(Connection connection, SqlSession session) throws SQLException;
    }

    private ExclusiveAccess() {}

    static <T> T with(Database database, Work<T> work) throws StoreException {
        database.look();
        try (Connection connection = database.openAlone()) {
            SqlSession session = new SqlSession(connection);
            T done = work.run(connection, session);
            connection.commit();
            session.closeStatements();
            database.forgetDeleted(connection);
            return done;
        } catch (SQLException e) {
            throw Sql.trouble(database, e);
        }
    }
}
