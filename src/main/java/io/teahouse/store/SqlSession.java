package io.teahouse.store;

import io.teahouse.account.Cloak;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of one thread, with a cache of its prepared statements. */
final class SqlSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSession.class);

    private final Connection connection;
    private final Supplier<Cloak> cloak;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqlSession(Connection connection) {
        this(connection, () -> Cloak.NONE);
    }

    /** @param cloak replaces stored addresses when they are read */
    SqlSession(Connection connection, Supplier<Cloak> cloak) {
        this.connection = connection;
        this.cloak = cloak;
    }

    /** The form of a stored host that other users may see. */
    String host(String stored) {
        return cloak.get().host(stored);
    }

    /** Returns the cached statement with these parameters: strings and numbers. */
    PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof String text) {
                statement.setString(i + 1, TextCodec.encode(text));
            } else {
                statement.setLong(i + 1, ((Number) parameters[i]).longValue());
            }
        }
        return statement;
    }

    int update(String sql, Object... parameters) throws SQLException {
        return prepare(sql, parameters).executeUpdate();
    }

    /** The first column of the first row, 0 if there is none. */
    long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = prepare(sql, parameters).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Closes the cached statements: an open one would make {@code vacuum} fail. */
    void closeStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection to the store could not be closed: {}", e.toString());
        }
    }
}
