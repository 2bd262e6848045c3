package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What differs between the databases. */
interface Database extends AutoCloseable {
    /** Brings what is there up to date, or makes it, and takes possession of it. */
    void prepare() throws StoreException;

    /**
     * Looks whether a store is there, and is of this program's version, without changing anything or taking possession.
     */
    void look() throws StoreException;

    /** What it is, and by which setting, for the operator. */
    String where();

    /** A connection that writes, in transactions; for a server, which holds the store as long as it has one. */
    Connection openWriter() throws SQLException;

    /** A connection that only reads, without transactions. */
    Connection openReader() throws SQLException;

    /** A connection that sees the store as it is at the first question, until it is closed. */
    Connection openSnapshot() throws SQLException;

    /**
     * A connection that writes, in transactions, and keeps servers away meanwhile.
     *
     * @throws StoreException when a server holds the store
     */
    Connection openAlone() throws SQLException, StoreException;

    /** Sees to it that what was deleted is not in the file any more, either. On a connection that is alone. */
    void forgetDeleted(Connection connection) throws SQLException;

    /** Checks that the files of the store have not been removed or replaced. Quick; called now and then. */
    default void requireInPlace() throws SQLException {}

    /** Soon removes deleted data from the files. Returns at once; from any thread. */
    default void forgetSoon() {}

    /** Tries to, and returns when it is done, or when others keep it from that. */
    default void forgetNow() throws SQLException {}

    /** Called first in every transaction that writes. */
    void begin(SqlSession session) throws SQLException;

    /** Ends a select whose rows nobody else may change before the transaction ends. Only for the writer. */
    String forShare();

    SearchIndex search();

    /** Whether {@link SearchIndexer} has to see to that. */
    boolean needsIndexer();

    /** Something that must be unique is there already. */
    boolean isConflict(SQLException e);

    /** It is the database that is in trouble, and not what was asked of it. */
    boolean isAway(SQLException e);

    /** After a commit that failed with this, and a rollback that did not fail, nothing was stored. */
    boolean refusedCommit(SQLException e);

    /** One line for the log or the operator. */
    String explain(SQLException e);

    @Override
    void close();
}
