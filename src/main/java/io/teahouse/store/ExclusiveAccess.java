package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Work in one transaction on a store that no server holds; of what it deletes, nothing stays in the file. */
final class ExclusiveAccess {
    /** What is done. */
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
