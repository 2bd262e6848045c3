package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The differences between the databases. */
interface Database extends AutoCloseable {
    /** Creates the tables or migrates them to the newest version, and locks the store for this server. */
    void prepare() throws StoreException;

    /** Checks that there is a store of this program's version, without changing or locking it. */
    void look() throws StoreException;

    /** Names the store and its setting, for the operator. */
    String where();

    /** Opens a connection of a server that writes in transactions. As long as it is open, the store is in use. */
    Connection openWriter() throws SQLException;

    /** Opens a connection that only reads, without transactions. */
    Connection openReader() throws SQLException;

    /** Opens a connection that sees the store as it is at its first query. */
    Connection openSnapshot() throws SQLException;

    /**
     * Opens a connection that writes in transactions and locks servers out.
     *
     * @throws StoreException when a server has the store open
     */
    Connection openAlone() throws SQLException, StoreException;

    /** Removes deleted data from the files. Requires the connection of {@link #openAlone}. */
    void forgetDeleted(Connection connection) throws SQLException;

    /** Checks that the files of the store have not been removed or replaced. Fast; called periodically. */
    default void requireInPlace() throws SQLException {}

    /** Removes deleted data from the files soon. Returns at once; from any thread. */
    default void forgetSoon() {}

    /** Tries to remove deleted data from the files; other connections may prevent it. */
    default void forgetNow() throws SQLException {}

    /** Called first in every transaction that writes. */
    void begin(SqlSession session) throws SQLException;

    /** Ends a select whose rows nobody else may change before the transaction ends. Only for the writer. */
    String forShare();

    SearchIndex search();

    /** Whether {@link SearchIndexer} has to maintain the search index. */
    boolean needsIndexer();

    /** Whether a unique key or primary key was violated. */
    boolean isConflict(SQLException e);

    /** Whether the database itself failed, not this statement or its values. */
    boolean isAway(SQLException e);

    /** Whether a commit that failed with this exception, followed by a successful rollback, stored nothing. */
    boolean refusedCommit(SQLException e);

    /** Describes the failure in one line for the log or the operator. */
    String explain(SQLException e);

    @Override
    void close();
}
