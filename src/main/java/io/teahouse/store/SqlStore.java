package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.hook.HookQueue;
import io.teahouse.operator.OperatorStores;
import io.teahouse.room.Archive;
import io.teahouse.room.LogBudget;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.store.OpenLogs.Given;
import io.teahouse.user.AlwaysOnUsers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a database: one writer thread, and a few readers. */
final class SqlStore implements Store, RoomLogs {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    /** How long closing waits for what relaxed rooms have shown and not stored yet. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Database database;
    private final StoreSettings settings;
    private final long epoch;
    private final StoreThreads threads;
    private final Archive archive;
    private final AccountStore accounts;
    private final ReadMarkers markers;
    private final AlwaysOnUsers alwaysOn;
    private final OperatorStores operators;
    private final HookQueue hooks;
    private final Optional<RetentionScheduler> expiry;
    private final OpenLogs logs = new OpenLogs();

    /** Memory of rooms whose messages are not stored. */
    private final LogBudget unstored;

    /** Memory of messages that are shown and not stored yet. */
    private final ByteBudget behind;

    static SqlStore open(Database database, StoreSettings settings) throws StoreException {
        database.prepare();
        try {
            NameKeyMigration.run(database, settings.rooms().names());
            return new SqlStore(database, settings, readEpoch(database));
        } catch (SQLException e) {
            database.close();
            throw new StoreException("the store cannot be read: " + database.explain(e), e);
        }
    }

    private static long readEpoch(Database database) throws SQLException {
        try (Connection connection = database.openReader()) {
            return StoreEpoch.read(connection);
        }
    }

    private SqlStore(Database database, StoreSettings settings, long epoch) {
        this.unstored = new LogBudget(settings.memory().bytes());
        this.behind = new ByteBudget(settings.backlog().behindBytes());
        this.database = database;
        this.settings = settings;
        this.epoch = epoch;
        StoreSettings.ReaderPools pools = settings.readers();
        int queue = settings.backlog().queue();
        this.threads = new StoreThreads(
                new StoreWriter(database, settings),
                readers("opening", pools.opening(), queue),
                readers("history", pools.history(), queue),
                readers("search", pools.search(), pools.searches()));
        Retention retention = settings.retention();
        this.expiry = retention.isForEver() || retention.interval().isZero()
                ? Optional.empty()
                : Optional.of(new RetentionScheduler(database, retention));
        this.archive = new SqlArchive(
                threads.history(),
                threads.searching(),
                database.search(),
                this::asked,
                settings.readPatience(),
                pools.searchTime());
        this.accounts = new SqlAccountStore(settings.rooms().names(), threads.writer(), threads.opening());
        this.markers = new SqlReadMarkers(threads.writer(), threads.opening(), settings.readMarkers());
        this.alwaysOn = new SqlAlwaysOnUsers(threads.writer(), threads.opening());
        this.operators = new OperatorStores(
                new SqlAuditLog(threads.writer(), threads.opening()),
                new SqlServerBans(threads.writer(), threads.opening()),
                new SqlMaintenanceStore(threads.writer(), threads.opening()));
        this.hooks = new SqlHookQueue(threads.writer());
    }

    private ReaderPool readers(String kind, int count, int waiting) {
        return new ReaderPool(database, kind, count, waiting, settings.backend().timeout());
    }

    StoreSettings settings() {
        return settings;
    }

    StoreThreads threads() {
        return threads;
    }

    Optional<RetentionScheduler> expiry() {
        return expiry;
    }

    @Override
    public RoomLogs logs() {
        return this;
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public ReadMarkers markers() {
        return markers;
    }

    @Override
    public AlwaysOnUsers alwaysOn() {
        return alwaysOn;
    }

    @Override
    public OperatorStores operators() {
        return operators;
    }

    @Override
    public HookQueue hooks() {
        return hooks;
    }

    @Override
    public RoomLog of(RoomName room) {
        return logs.of(room, this::log).log();
    }

    /** Members ask about their rooms, so a room that is open here is read as its members may read it. */
    private RoomsTable.Asked asked(RoomName room) {
        return logs.find(room)
                .map(given -> new RoomsTable.Asked(
                        room,
                        given.stored()
                                .room()
                                .opened()
                                .map(opened -> opened.row().identity()),
                        given.stored().readableBy()))
                .orElseGet(() -> new RoomsTable.Asked(room, Optional.empty(), RoomLog.FOR_ALL));
    }

    private Given log(RoomName room) {
        SqlRoomLog stored = new SqlRoomLog(
                new RoomHandle(room, settings.rooms().names(), database.forShare()), threads, settings, epoch);
        return switch (settings.rooms().classOf(room).durability()) {
            case STORED -> new Given(stored, stored);
            case RELAXED ->
                new Given(
                        stored,
                        new RelaxedLog(
                                stored,
                                settings.backlog().behind(),
                                behind,
                                settings.backend().retryInterval()));
            case NONE ->
                new Given(
                        stored,
                        new TransientLog(
                                stored, new MemoryRoomLog(settings.memory().lines(), unstored)));
        };
    }

    @Override
    public CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to) {
        return threads.writer()
                .submit(new RenameJob(
                        from,
                        to,
                        logs.find(from).map(given -> given.stored().room()),
                        settings.rooms().names(),
                        identity -> logs.find(to)
                                .flatMap(given -> given.stored().room().opened())
                                .filter(opened -> opened.row().identity().equals(identity))
                                .isPresent(),
                        () -> logs.rename(from, to)))
                .answer;
    }

    @Override
    public CompletionStage<Set<String>> registered(String account) {
        return threads.opening().read(session -> RoomsTable.registered(session, account));
    }

    @Override
    public void putAway(RoomName room) {
        logs.putAway(room, log -> log.room().opened().ifPresent(this::deleteUnused));
    }

    private void deleteUnused(RoomsTable.Generation opened) {
        threads.writer().submit(new SimpleWriteJob<>(session -> RoomsTable.deleteUnused(session, opened)));
    }

    @Override
    public void cloak(Cloak cloak) {
        List.of(threads.opening(), threads.history(), threads.searching()).forEach(readers -> readers.cloak(cloak));
    }

    /** An empty transaction: its begin asks the database, and it waits in the queue like a message. */
    @Override
    public CompletionStage<Boolean> probe() {
        return threads.writer().submit(new SimpleWriteJob<>(session -> true)).answer;
    }

    @Override
    public Optional<StoreTotals> totals() {
        return Optional.of(threads);
    }

    private void finish() {
        CompletableFuture<?>[] busy = logs.busy().toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(busy).get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("some messages that were shown could not be stored: {}", e.toString());
        }
    }

    @Override
    public void close() {
        finish();
        expiry.ifPresent(RetentionScheduler::close);
        threads.writer().close();
        List.of(threads.opening(), threads.history(), threads.searching()).forEach(ReaderPool::close);
        database.close();
    }
}
