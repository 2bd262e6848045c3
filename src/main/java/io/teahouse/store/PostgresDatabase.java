package io.teahouse.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * A database that servers share, somewhere on the network. It may hang, go away in the middle of a commit, and come back.
 *
 * <p>A commit whose connection broke may be done by the server all the same, and later. So every transaction that writes
 * takes a lock of this writer's own first, which goes with it: who holds the lock knows that nothing from before can still
 * take effect. A server whose client is silent lets go of it after the timeout.
 */
final class PostgresDatabase implements Database {
    private static final String FOLDER = "db/postgresql";

    /** SQLSTATE of a unique violation. */
    private static final String CONFLICT = "23505";

    /**
     * Classes of SQLSTATE by which the database itself is in trouble: connection, feature of its state, read-only, rights,
     * no such database, resources, limits, lock not to be had, intervention, system, configuration, internal.
     */
    private static final List<String> TROUBLE =
            List.of("08", "25", "28", "3D", "53", "54", "55", "57", "58", "F0", "XX");

    /** Of those, by which nobody knows what became of a commit. */
    private static final List<String> BROKEN = List.of("08", "57", "58", "XX");

    private final String url;
    private final Duration timeout;
    private final long lock = new SecureRandom().nextLong();

    PostgresDatabase(String url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public void prepare() throws StoreException {
        String where = "the store in PostgreSQL (teahouse.store.url)";
        try {
            int version;
            try (Connection connection = connect()) {
                version = Schema.version(connection);
            }
            Schema.refuseNewer(version, where);
            if (version < Schema.NEWEST) {
                Schema.migrate(url, FOLDER, where);
            }
        } catch (SQLException e) {
            throw new StoreException(where + " cannot be used: " + explain(e), e);
        }
    }

    private Connection connect() throws SQLException {
        String seconds = Long.toString(Math.max(1, timeout.plusMillis(999).toSeconds()));
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "teahouse");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("cancelSignalTimeout", seconds);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public Connection openWriter() throws SQLException {
        return opened(
                "idle_in_transaction_session_timeout = " + timeout.toMillis(),
                "lock_timeout = " + timeout.toMillis(),
                false);
    }

    @Override
    public Connection openReader() throws SQLException {
        return opened("statement_timeout = " + timeout.toMillis(), "default_transaction_read_only = on", true);
    }

    private Connection opened(String one, String other, boolean autoCommit) throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set " + one);
            statement.execute("set " + other);
            connection.setAutoCommit(autoCommit);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void begin(Session session) throws SQLException {
        session.prepare("select pg_advisory_xact_lock(?)", lock).execute();
    }

    private static boolean is(SQLException e, List<String> classes) {
        String state = e.getSQLState();
        return state == null || classes.stream().anyMatch(state::startsWith);
    }

    @Override
    public boolean isConflict(SQLException e) {
        return CONFLICT.equals(e.getSQLState());
    }

    @Override
    public boolean isAway(SQLException e) {
        return is(e, TROUBLE);
    }

    @Override
    public boolean refusedCommit(SQLException e) {
        return !is(e, BROKEN);
    }

    @Override
    public String explain(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    @Override
    public void close() {}
}
