package io.teahouse.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What differs between the databases. */
interface Database extends AutoCloseable {
    /** Brings what is there up to date, or makes it, and takes possession of it. */
    void prepare() throws StoreException;

    /** A connection that writes, in transactions. */
    Connection openWriter() throws SQLException;

    /** A connection that only reads, without transactions. */
    Connection openReader() throws SQLException;

    /** Called first in every transaction that writes. */
    void begin(Session session) throws SQLException;

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
