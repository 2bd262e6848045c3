package io.teahouse.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

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

    /** The numbers of an advisory lock that each server shares while it can write: "teah" in ASCII, and the schema. */
    private static final String HELD = 0x7465_6168 + ", hashtext(coalesce(current_schema(), ''))";

    /** How long the database may take to notice that a server has gone. */
    private static final Duration ENDING = Duration.ofSeconds(2);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** A server may be told not to wait for the disk; then a commit says nothing. Stricter ways stay as they are. */
    private static final String WAIT_FOR_DISK = "select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') = 'off'";

    /** The driver logs parts of a URL that it does not understand. What is wrong is thrown as well. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final String url;
    private final Duration timeout;
    private final long lock = new SecureRandom().nextLong();

    PostgresDatabase(String url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public void look() throws StoreException {
        try (Connection connection = connect(timeout)) {
            int version = Schema.version(connection);
            if (version == 0) {
                throw new StoreException(where() + " has none of the tables of a server");
            }
            Schema.requireNewest(version, where());
        } catch (SQLException e) {
            throw Sql.trouble(this, e);
        }
    }

    @Override
    public String where() {
        return "the store in PostgreSQL (teahouse.store.url)";
    }

    @Override
    public void prepare() throws StoreException {
        String where = where();
        try {
            int version;
            try (Connection connection = connect(timeout)) {
                version = Schema.version(connection);
            }
            Schema.refuseNewer(version, where);
            if (version < Schema.NEWEST) {
                Schema.migrate(url, FOLDER, where);
            }
            prepareSearch();
        } catch (SQLException e) {
            throw new StoreException(where + " cannot be used: " + explain(e), e);
        }
    }

    /** What can only be found by looking is found all the same, if there is not too much of it. */
    private void prepareSearch() throws SQLException {
        try (Connection connection = connect(Duration.ZERO)) {
            PostgresSearchIndex.prepare(connection);
        } catch (SQLException e) {
            if (BROKEN.stream().anyMatch(String.valueOf(e.getSQLState())::startsWith)) {
                throw e;
            }
            StoreWriter.LOG.warn(
                    "search has no index of letters and looks through what was said last: {} (as an administrator of the"
                            + " database, say CREATE EXTENSION pg_trgm, and start the server again)",
                    explain(e));
        }
    }

    /** @param patience how long an answer may take */
    private Connection connect(Duration patience) throws SQLException {
        String seconds = Long.toString(Math.max(1, timeout.plusMillis(999).toSeconds()));
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "teahouse");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty(
                "socketTimeout", Long.toString(patience.plusMillis(999).toSeconds()));
        properties.setProperty("cancelSignalTimeout", seconds);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw withoutUrl(e);
        }
    }

    /** The driver repeats a URL that it does not understand, and there may be a password in it. */
    private static SQLException withoutUrl(SQLException e) {
        return String.valueOf(e.getMessage()).contains("jdbc:")
                ? new SQLException("its driver does not understand that URL", e.getSQLState())
                : e;
    }

    @Override
    public Connection openWriter() throws SQLException {
        Connection connection = opened(
                "idle_in_transaction_session_timeout = " + timeout.toMillis(),
                "lock_timeout = " + timeout.toMillis(),
                false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock_shared(" + HELD + ")");
            statement.execute(WAIT_FOR_DISK);
            connection.commit();
            return connection;
        } catch (SQLException e) {
            Sql.closeQuietly(connection);
            throw e;
        }
    }

    @Override
    public Connection openSnapshot() throws SQLException {
        Connection connection = openReader();
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            Sql.closeQuietly(connection);
            throw e;
        }
    }

    @Override
    public Connection openAlone() throws SQLException, StoreException {
        Connection connection = connect(Duration.ZERO); // what is done to all of a store may take long
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = " + ENDING.toMillis());
            statement.execute("select pg_advisory_lock(" + HELD + ")");
            statement.execute("set lock_timeout = 0");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            Sql.closeQuietly(connection);
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new StoreException(where() + " is in use by a server");
            }
            throw e;
        }
    }

    @Override
    public Connection openReader() throws SQLException {
        return opened("statement_timeout = " + timeout.toMillis(), "default_transaction_read_only = on", true);
    }

    private Connection opened(String one, String other, boolean autoCommit) throws SQLException {
        Connection connection = connect(timeout);
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

    /** Its own vacuuming does. */
    @Override
    public void forgetDeleted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update store set erasing = 0");
        }
        connection.commit();
    }

    @Override
    public void begin(SqlSession session) throws SQLException {
        session.prepare("select pg_advisory_xact_lock(?)", lock).execute();
    }

    @Override
    public String forShare() {
        return " for share";
    }

    @Override
    public SearchIndex search() {
        return new PostgresSearchIndex();
    }

    @Override
    public boolean needsIndexer() {
        return false;
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
