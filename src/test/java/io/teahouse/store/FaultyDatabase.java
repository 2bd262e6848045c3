package io.teahouse.store;

import io.teahouse.room.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A SQLite database whose writer fails on demand. */
public final class FaultyDatabase implements Database {
    /** What fails. Every fault lasts until the next call, except {@link #LOST_ANSWER}, which happens once. */
    public enum Fault {
        NONE,
        /** The file cannot grow. */
        DISK_FULL,
        /** The file cannot be written. */
        READ_ONLY,
        /** The transaction is committed, but reported as failed. */
        LOST_ANSWER,
        /** The connection breaks, and no new one can be opened. */
        AWAY
    }

    private static final int IO_ERROR = 10;

    private final SqliteDatabase sound;
    private final boolean indexed;
    private boolean changed;
    private volatile CountDownLatch searches = new CountDownLatch(0);
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);

    private FaultyDatabase(Path file, boolean indexed) {
        this.indexed = indexed;
        sound = new SqliteDatabase(file, Duration.ofSeconds(5));
    }

    /** A store in that file, and the database that can be made to fail. */
    public record Opened(Store store, FaultyDatabase database) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
        }
    }

    public static Opened open(Path file) {
        return open(file, false, List.of(), Retention.FOR_EVER);
    }

    /** Opens a store whose writer has that fault from the start. */
    static Opened openWith(Path file, Fault from) {
        FaultyDatabase database = new FaultyDatabase(file, false);
        database.have(from);
        return open(file, database, List.of(), Retention.FOR_EVER);
    }

    /** @param indexed false: the indexer is off, so that no fault hits one of its transactions */
    static Opened open(Path file, boolean indexed, List<RoomClass> classes, Retention retention) {
        return open(file, new FaultyDatabase(file, indexed), classes, retention);
    }

    private static Opened open(Path file, FaultyDatabase database, List<RoomClass> classes, Retention retention) {
        try {
            StoreSettings small = OpenStore.settings(file);
            StoreSettings settings = small.withBackend(
                            small.backend().withTimes(Duration.ofSeconds(5), Duration.ofMillis(10)))
                    .withMemory(new StoreSettings.Memory(10, 64 << 20))
                    .withRooms(
                            new StoreSettings.RoomRules(classes, small.rooms().repeats(), Names.PLAIN))
                    .withRetention(retention)
                    .withReadMarkers(10);
            return new Opened(SqlStore.open(database, settings), database);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Applies from the next transaction on. */
    public void have(Fault next) {
        fault.set(next);
    }

    @Override
    public void prepare() throws StoreException {
        sound.prepare();
    }

    @Override
    public Connection openWriter() throws SQLException {
        if (fault.get() == Fault.AWAY) {
            throw broken();
        }
        Connection connection = sound.openWriter();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("commit")) {
                            commit(connection);
                            return null;
                        }
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SQLException broken() {
        return new SQLException("disk I/O error", null, IO_ERROR);
    }

    private void commit(Connection connection) throws SQLException {
        connection.commit();
        if (fault.compareAndSet(Fault.LOST_ANSWER, Fault.NONE)) {
            throw broken();
        }
    }

    @Override
    public void begin(SqlSession session) throws SQLException {
        Fault now = fault.get();
        if (now == Fault.AWAY) {
            session.close();
            throw broken();
        }
        if (changed || now != Fault.NONE) {
            pragma(
                    session,
                    "max_page_count = "
                            + (now == Fault.DISK_FULL ? 1 : 1_000_000)); // SQLite raises 1 to the present size
            pragma(session, "query_only = " + (now == Fault.READ_ONLY ? "on" : "off"));
            changed = now != Fault.NONE;
        }
        sound.begin(session);
    }

    private static void pragma(SqlSession session, String what) throws SQLException {
        try (Statement statement = session.prepare("select 1").getConnection().createStatement()) {
            statement.execute("pragma " + what);
        }
    }

    @Override
    public void look() throws StoreException {
        sound.look();
    }

    @Override
    public String where() {
        return sound.where();
    }

    @Override
    public Connection openSnapshot() throws SQLException {
        return sound.openSnapshot();
    }

    @Override
    public Connection openAlone() throws SQLException, StoreException {
        return sound.openAlone();
    }

    @Override
    public void forgetDeleted(Connection connection) throws SQLException {
        sound.forgetDeleted(connection);
    }

    /** Blocks every search that uses the index, until {@link #haveSearchesGoOn}. */
    void haveSearchesHang() {
        searches = new CountDownLatch(1);
    }

    void haveSearchesGoOn() {
        searches.countDown();
    }

    @Override
    public String forShare() {
        return sound.forShare();
    }

    @Override
    public SearchIndex search() {
        SearchIndex index = sound.search();
        return (SearchIndex) Proxy.newProxyInstance(
                SearchIndex.class.getClassLoader(), new Class<?>[] {SearchIndex.class}, (proxy, method, arguments) -> {
                    searches.await();
                    return method.invoke(index, arguments);
                });
    }

    @Override
    public boolean needsIndexer() {
        return indexed;
    }

    @Override
    public Connection openReader() throws SQLException {
        return sound.openReader();
    }

    @Override
    public boolean isConflict(SQLException e) {
        return sound.isConflict(e);
    }

    @Override
    public boolean isAway(SQLException e) {
        return sound.isAway(e);
    }

    @Override
    public boolean refusedCommit(SQLException e) {
        return sound.refusedCommit(e);
    }

    @Override
    public String explain(SQLException e) {
        return sound.explain(e);
    }

    @Override
    public void close() {
        sound.close();
    }

    /** Counts the rows of a table by a separate connection to the file. */
    static long count(Path file, String table) throws SQLException {
        return number(file, "select count(*) from " + table);
    }

    static long number(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
