package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.Cloak;
import io.teahouse.account.ReadMarkers;
import io.teahouse.room.Archive;
import io.teahouse.room.LogBudget;
import io.teahouse.room.MemoryRoomLog;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.store.OpenLogs.Given;
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

/** A store in a database: one thread that writes, a few that read. */
final class SqlStore implements Store, RoomLogs {
    /** How long what is to be stored behind may take when the store closes. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Database database;
    private final StoreSettings settings;
    private final long epoch;
    private final StoreWriter writer;
    private final ReaderPool opening;
    private final ReaderPool history;
    private final ReaderPool searching;
    private final Archive archive;
    private final AccountStore accounts;
    private final ReadMarkers markers;
    private final Optional<RetentionScheduler> expiry;
    private final OpenLogs logs = new OpenLogs();

    /** Of rooms in which nothing is stored. */
    private final LogBudget unstored;

    /** Of what was shown before it is stored. */
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
        this.writer = new StoreWriter(database, settings);
        StoreSettings.ReaderPools pools = settings.readers();
        int queue = settings.backlog().queue();
        this.opening = readers("opening", pools.opening(), queue);
        this.history = readers("history", pools.history(), queue);
        this.searching = readers("search", pools.search(), pools.searches());
        Retention retention = settings.retention();
        this.expiry = retention.isForEver() || retention.interval().isZero()
                ? Optional.empty()
                : Optional.of(new RetentionScheduler(database, retention));
        this.archive =
                new SqlArchive(history, searching, database.search(), this::asked, readPatience(), pools.searchTime());
        this.accounts = new SqlAccountStore(settings.rooms().names(), writer, opening);
        this.markers = new SqlReadMarkers(writer, opening, settings.readMarkers());
    }

    private ReaderPool readers(String kind, int count, int waiting) {
        return new ReaderPool(database, kind, count, waiting, settings.backend().timeout());
    }

    Database database() {
        return database;
    }

    StoreSettings settings() {
        return settings;
    }

    long epoch() {
        return epoch;
    }

    StoreWriter writer() {
        return writer;
    }

    /** For what a room cannot go on without. */
    ReaderPool opening() {
        return opening;
    }

    /** For what was said. */
    ReaderPool history() {
        return history;
    }

    /** For looking for words. */
    ReaderPool searching() {
        return searching;
    }

    Optional<RetentionScheduler> expiry() {
        return expiry;
    }

    /** A room waits no longer than the timeout; so there is no use in looking that long. */
    Duration readPatience() {
        return settings.backend().timeout().dividedBy(2);
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
    public RoomLog of(RoomName room) {
        return logs.of(room, this::log).log();
    }

    /** Members ask about their rooms, so a room that is open here is read as its members may read it. */
    private RoomsTable.Asked asked(RoomName room) {
        return logs.find(room)
                .map(given -> new RoomsTable.Asked(
                        room,
                        given.stored().opened().map(opened -> opened.row().identity()),
                        given.stored().readableBy()))
                .orElseGet(() -> new RoomsTable.Asked(room, Optional.empty(), RoomLog.FOR_ALL));
    }

    private Given log(RoomName room) {
        SqlRoomLog stored = new SqlRoomLog(room, this);
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
        return writer.submit(new RenameJob(
                        from,
                        to,
                        logs.find(from).map(Given::stored),
                        settings.rooms().names(),
                        identity -> logs.find(to)
                                .flatMap(given -> given.stored().opened())
                                .filter(opened -> opened.row().identity().equals(identity))
                                .isPresent(),
                        () -> logs.rename(from, to)))
                .answer;
    }

    @Override
    public CompletionStage<Set<String>> registered(String account) {
        return opening.read(session -> RoomsTable.registered(session, account));
    }

    @Override
    public void putAway(RoomName room) {
        logs.putAway(room, log -> log.opened().ifPresent(this::deleteUnused));
    }

    private void deleteUnused(RoomsTable.Generation opened) {
        writer.submit(new SimpleWriteJob<>(session -> RoomsTable.deleteUnused(session, opened)));
    }

    @Override
    public void cloak(Cloak cloak) {
        List.of(opening, history, searching).forEach(readers -> readers.cloak(cloak));
    }

    private void finish() {
        CompletableFuture<?>[] busy = logs.busy().toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(busy).get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            StoreWriter.LOG.warn("not everything that was shown could be stored: {}", e.toString());
        }
    }

    @Override
    public void close() {
        finish();
        expiry.ifPresent(RetentionScheduler::close);
        writer.close();
        List.of(opening, history, searching).forEach(ReaderPool::close);
        database.close();
    }
}
