package io.teahouse.store;

import io.teahouse.account.Cloak;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A connection of one thread, with the statements that it has prepared. */
final class SqlSession implements AutoCloseable {
    private final Connection connection;
    private final Supplier<Cloak> cloak;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqlSession(Connection connection) {
        this(connection, () -> Cloak.NONE);
    }

    /** @param cloak what is read in place of addresses that were stored */
    SqlSession(Connection connection, Supplier<Cloak> cloak) {
        this.connection = connection;
        this.cloak = cloak;
    }

    /** What others may see of a host that was stored. */
    String host(String stored) {
        return cloak.get().host(stored);
    }

    /** The same statement each time, with those parameters: texts, numbers, {@code null}. */
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

    /** What the first row begins with, 0 if there is none. */
    long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = prepare(sql, parameters).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Else the driver may keep one of them busy, by which the file cannot be written anew. */
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
            StoreWriter.LOG.debug("a connection to the store did not close well: {}", e.toString());
        }
    }
}
