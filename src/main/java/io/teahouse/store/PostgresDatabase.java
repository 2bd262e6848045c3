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
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database, which servers may share over the network. It may hang, disappear during a commit, and come
 * back.
 *
 * <p>A commit whose connection broke may still take effect later. So every transaction first takes an advisory lock
 * that belongs to this writer and ends with the transaction: once the writer holds the lock on a new connection, no
 * earlier transaction can take effect. PostgreSQL ends the transaction of a silent client after the timeout.
 */
final class PostgresDatabase implements Database {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    private static final String FOLDER = "db/postgresql";

    /** SQLSTATE of a unique violation. */
    private static final String CONFLICT = "23505";

    /**
     * Classes of SQLSTATE that mean that the database itself fails: connection, feature, read-only, authorization,
     * catalog, resources, limits, lock, intervention, system, configuration, internal.
     */
    private static final List<String> TROUBLE =
            List.of("08", "25", "28", "3D", "53", "54", "55", "57", "58", "F0", "XX");

    /** Those of them after which the outcome of a commit is unknown. */
    private static final List<String> BROKEN = List.of("08", "57", "58", "XX");

    /** The key of the advisory lock that each server shares while it can write: "teah" in ASCII, and the schema. */
    private static final String HELD = 0x7465_6168 + ", hashtext(coalesce(current_schema(), ''))";

    /** How long PostgreSQL may take to notice that a server has ended. */
    private static final Duration ENDING = Duration.ofSeconds(2);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Turns {@code synchronous_commit} on where it is off: a commit would prove nothing. Stricter values stay. */
    private static final String WAIT_FOR_DISK = "select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') = 'off'";

    /** The driver logs parts of a URL that it cannot parse, perhaps the password. It throws the problem as well. */
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
                throw new StoreException(where() + " has no Teahouse tables");
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

    /** Without the extension, search still reads the newest messages. */
    private void prepareSearch() throws SQLException {
        try (Connection connection = connect(Duration.ZERO)) {
            PostgresSearchIndex.prepare(connection);
        } catch (SQLException e) {
            if (BROKEN.stream().anyMatch(String.valueOf(e.getSQLState())::startsWith)) {
                throw e;
            }
            LOG.warn(
                    "search has no trigram index and covers only the newest messages: {} (as an administrator of the"
                            + " database, run CREATE EXTENSION pg_trgm, then restart the server)",
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

    /** Removes the URL from the message: it may contain a password. */
    private static SQLException withoutUrl(SQLException e) {
        return String.valueOf(e.getMessage()).contains("jdbc:")
                ? new SQLException("the driver cannot parse the URL", e.getSQLState())
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
        Connection connection = connect(Duration.ZERO); // an operation on the whole store may take long
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

    /** Left to PostgreSQL's vacuum. */
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
