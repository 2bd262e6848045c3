package io.teahouse.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SQLite file that belongs to this server. A commit is on the disk when it returns ({@code synchronous=FULL});
 * readers and the writer do not block each other (WAL).
 */
final class SqliteDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

    /** Primary result codes, from <a href="https://www.sqlite.org/rescode.html">sqlite.org/rescode.html</a>. */
    private static final int CONSTRAINT = 19;

    private static final int BUSY = 5;
    private static final int FULL = 13;
    private static final int NOT_A_DATABASE = 26;
    private static final int CORRUPT = 11;
    private static final int CANNOT_OPEN = 14;
    /** Result codes that blame the statement or its values: ERROR, TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
    private static final Set<Integer> STATEMENT_ERRORS = Set.of(1, 18, CONSTRAINT, 20, 25);

    /** The size of the file header in bytes. */
    private static final int HEADER = 100;

    private final Path path;
    private final String url;
    private final Duration timeout;
    private final WalTruncation truncation;
    private @Nullable FileChannel lock;

    /** Keeps SQLite from deleting and recreating the {@code -wal} and {@code -shm} files while the server runs. */
    private @Nullable Connection anchor;

    /** Only set in a server. */
    private volatile Optional<ReplacedFileDetector> held = Optional.empty();

    SqliteDatabase(Path path, Duration timeout) {
        SqliteLibrary.load();
        this.path = path;
        this.url = "jdbc:sqlite:" + path;
        this.timeout = timeout;
        this.truncation = new WalTruncation(url + SqliteFile.READ_WRITE);
    }

    @Override
    public void prepare() throws StoreException {
        takeLock();
        try {
            setAsideLeftovers();
            boolean exists = Files.exists(path) || EmptyStore.copyTo(path);
            boolean fresh = !exists || Files.size(path) == 0;
            if (!exists) {
                PrivateFile.create(path); // SQLite gives its other files the same permissions
            }
            if (!fresh) {
                refuseForeignFile();
            }
            int version = fresh ? 0 : readVersion();
            Schema.refuseNewer(version, where());
            if (version < Schema.NEWEST) {
                if (version > 0) {
                    copy(version);
                    mendHistory();
                }
                Schema.migrate(url, SqliteFile.MIGRATIONS, where());
            }
            checkWritable();
            hold();
            PrivateFile.warning(path, beside("-wal"), beside("-shm"), beside("-journal"))
                    .ifPresent(LOG::warn);
        } catch (SQLException e) {
            close();
            throw new StoreException(where() + " cannot be used: " + explain(e), e);
        } catch (IOException e) {
            close();
            throw new StoreException(where() + " cannot be used: " + e, e);
        } catch (StoreException e) {
            close();
            throw e;
        }
    }

    @Override
    public void look() throws StoreException {
        SqliteLibrary.require();
        if (!Files.exists(path)) {
            throw new StoreException("there is no store " + path + " (teahouse.store.path)");
        }
        try {
            Schema.requireNewest(readVersion(), where());
        } catch (SQLException e) {
            throw Sql.trouble(this, e);
        }
    }

    @Override
    public String where() {
        return "the store " + path + " (teahouse.store.path)";
    }

    /** Locks a separate file, because closing the database's own file would release SQLite's locks. */
    void takeLock() throws StoreException {
        SqliteLibrary.require();
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(path)) {
            throw new StoreException(where() + " cannot be used: it is a folder");
        } else if (!Files.isDirectory(folder)) {
            throw new StoreException(where() + " cannot be used: there is no such folder");
        }
        try {
            FileChannel channel = PrivateFile.open(beside(".lock"));
            lock = channel;
            if (tryLock(channel).isEmpty()) {
                close();
                throw new StoreException(where() + " is in use by another server");
            }
        } catch (IOException e) {
            close();
            throw new StoreException(where() + " cannot be written: " + e, e);
        }
    }

    /** Reads the header, <a href="https://www.sqlite.org/fileformat.html#the_database_header">as documented</a>. */
    private void refuseForeignFile() throws IOException, StoreException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (FileChannel file = FileChannel.open(path)) {
            file.read(header); // a short read of so little means a short file
            if (header.hasRemaining() || !new String(header.array(), 0, 15, US_ASCII).equals("SQLite format 3")) {
                throw new StoreException(where() + " cannot be used: the file is not a database, or it is damaged");
            }
            int raw = header.getShort(16) & 0xffff;
            long pages = header.getInt(28) & 0xffffffffL;
            boolean counted = header.getInt(24) == header.getInt(92);
            Path log = beside("-wal");
            boolean logged = Files.exists(log) && Files.size(log) > 0;
            if (counted && !logged && pages * (raw == 1 ? 65536 : raw) > file.size()) {
                throw new StoreException(where() + " cannot be used: the file is damaged, its end is missing");
            }
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // by this very process
        }
    }

    private int readVersion() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return Schema.version(connection);
        }
    }

    private void mendHistory() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Schema.mendWhen(connection);
        }
    }

    /** Makes a consistent copy, including the write-ahead log. */
    private void copy(int version) throws SQLException, IOException {
        Path copy = new MigrationBackups(path, Schema.NEWEST).next();
        SqliteFile.copy(path, copy);
        LOG.info("the store {} has version {}; before migrating it, a copy was made: {}", path, version, copy);
        new MigrationBackups(path, Schema.NEWEST).deleteSuperfluous();
    }

    /** Renames a write-ahead log without its database: SQLite would apply it to the next file of that name. */
    private void setAsideLeftovers() throws IOException {
        Path log = beside("-wal");
        if (!Files.exists(path) && Files.exists(log)) {
            Path aside = beside("-wal.without-database-" + Instant.now().getEpochSecond());
            Files.move(log, aside);
            Files.deleteIfExists(beside("-shm"));
            LOG.warn("{} is missing, but its write-ahead log exists; it was renamed to {}", path, aside);
        }
    }

    private Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private void hold() throws SQLException, IOException {
        Connection connection = openReader();
        anchor = connection;
        StoreEpoch.read(connection); // creates the files
        held = Optional.of(ReplacedFileDetector.of(List.of(path, beside("-wal"), beside("-shm"), beside(".lock"))));
    }

    @Override
    public void requireInPlace() throws SQLException {
        Optional<Path> lost = held.flatMap(ReplacedFileDetector::lost);
        if (lost.isPresent()) {
            throw new SQLException(
                    lost.get()
                            + " has been removed or replaced while the server is running: put it back, or restart the server",
                    null,
                    CANNOT_OPEN);
        }
    }

    /** Fails now rather than with the first message. */
    private void checkWritable() throws SQLException {
        try (Connection connection = openWriter();
                Statement statement = connection.createStatement()) {
            statement.execute("update store set epoch = epoch");
            connection.commit();
        }
    }

    @Override
    public Connection openWriter() throws SQLException {
        if (!Files.exists(path.toAbsolutePath().getParent())) {
            throw new SQLException("the folder of " + path + " does not exist any more");
        }
        requireInPlace();
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + timeout.toMillis());
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma foreign_keys = on");
            statement.execute("pragma secure_delete = on"); // overwrites deleted data
            statement.execute("pragma journal_size_limit = " + (64 << 20));
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection openReader() throws SQLException {
        requireInPlace(); // otherwise SQLite would create an empty file
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + timeout.toMillis());
            statement.execute("pragma query_only = on");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection openSnapshot() throws SQLException {
        Connection connection = openReader();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection openAlone() throws SQLException, StoreException {
        takeLock();
        return openWriter();
    }

    @Override
    public void forgetSoon() {
        truncation.request();
    }

    @Override
    public void forgetNow() throws SQLException {
        truncation.truncate();
    }

    /** Rewrites the file: free pages keep their content until then. */
    @Override
    public void forgetDeleted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into message_search (message_search) values ('optimize')");
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum");
            statement.execute("update store set erasing = 0");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    /**
     * Takes the write lock at once, by a statement that changes nothing: a transaction that reads first and then
     * writes fails if another connection wrote in between. {@code BEGIN IMMEDIATE} would do, but the driver begins
     * the next transaction as soon as it has committed one, and would lock out the operator's tools forever.
     */
    @Override
    public void begin(SqlSession session) throws SQLException {
        requireInPlace();
        session.update("update store set epoch = epoch where 0 = 1");
    }

    @Override
    public String forShare() {
        return ""; // begin() has locked the whole database
    }

    @Override
    public SearchIndex search() {
        return new SqliteSearchIndex();
    }

    @Override
    public boolean needsIndexer() {
        return true;
    }

    private static int code(SQLException e) {
        return e.getErrorCode() & 0xff;
    }

    @Override
    public boolean isConflict(SQLException e) {
        return code(e) == CONSTRAINT;
    }

    @Override
    public boolean isAway(SQLException e) {
        return e.getErrorCode() != 0 && !STATEMENT_ERRORS.contains(code(e));
    }

    @Override
    public boolean refusedCommit(SQLException e) {
        return code(e) == FULL || code(e) == BUSY;
    }

    @Override
    public String explain(SQLException e) {
        return switch (code(e)) {
            case NOT_A_DATABASE -> "the file is not a database, or it is damaged";
            case CORRUPT -> "the file is damaged";
            case FULL -> "the disk is full";
            default -> String.valueOf(e.getMessage()).lines().findFirst().orElse("?");
        };
    }

    @Override
    public void close() {
        truncation.close();
        held = Optional.empty();
        Connection first = anchor;
        anchor = null;
        if (first != null) {
            Sql.closeQuietly(first);
        }
        try {
            FileChannel held = lock;
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            LOG.debug("the lock of {} could not be closed: {}", path, e.toString());
        }
    }
}
