package io.teahouse.store;

import io.teahouse.room.FatalErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. What came while the last commit ran goes into the next transaction; so the more there is
 * to do, the less each of it costs. What is asked first is done first.
 */
final class StoreWriter implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    /** How many jobs one transaction holds. */
    private static final int BATCH = 2048;

    /** How often a writer that has nothing to do looks whether its store is still in its place. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** Wakes a writer that is to end. */
    private static final WriteJob<Void> END = new WriteJob<>() {
        @Override
        void write(SqlSession session) {}

        @Override
        void committed() {}
    };

    private final Database database;
    private final long retryNanos;
    private final long mostBytes;
    private final BlockingQueue<WriteJob<?>> queue;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Optional<SearchIndexer> indexer;
    private final Thread thread = RestartingThread.create("teahouse-store-writer", this::run);
    private volatile boolean closing;

    private Optional<SqlSession> session = Optional.empty();
    private Optional<SQLException> away = Optional.empty();
    private long lastAttempt;
    private boolean inPlace = true;

    StoreWriter(Database database, StoreSettings settings) {
        this.database = database;
        this.retryNanos = settings.backend().retryInterval().toNanos();
        this.mostBytes = settings.backlog().queueBytes();
        this.queue = new LinkedBlockingQueue<>(settings.backlog().queue());
        this.indexer = database.needsIndexer()
                ? Optional.of(new SearchIndexer(settings.backlog().unindexed()))
                : Optional.empty();
        thread.start();
    }

    /** Belongs to the writer's thread. */
    Optional<SearchIndexer> indexer() {
        return indexer;
    }

    /** Returns at once; the job answers when it is done. From any thread. */
    <T> WriteJob<T> submit(WriteJob<T> job) {
        long bytes = job.bytes();
        if (closing) {
            job.refused(new SQLException("the store is closed"), false);
        } else if (waitingBytes.addAndGet(bytes) > mostBytes || !queue.offer(job)) {
            waitingBytes.addAndGet(-bytes);
            job.refused(new SQLException("too much waits to be stored"), false);
        }
        return job;
    }

    private void run() {
        holdEarly();
        while (!closing || !queue.isEmpty()) {
            try {
                boolean nothingCame = !storeNext();
                long steps = indexer.map(SearchIndexer::due).orElse(0L);
                steps = nothingCame ? Math.max(1, steps) : steps;
                while (steps > 0 && index()) {
                    steps--;
                }
            } catch (InterruptedException e) {
                closing = true; // nobody but close() interrupts
            } catch (RuntimeException | Error e) { // without this thread nothing would be stored any more
                FatalErrors.escalate(e);
                LOG.error("the store's writer failed", e);
            }
        }
        session.ifPresent(SqlSession::close);
    }

    /** Stores what waits, or comes in time. Returns false: nothing came. */
    private boolean storeNext() throws InterruptedException {
        List<WriteJob<?>> batch = new ArrayList<>();
        try {
            next().ifPresent(batch::add);
            queue.drainTo(batch, BATCH - 1);
            batch.removeIf(job -> job == END);
            if (batch.isEmpty()) {
                indexer.ifPresent(SearchIndexer::nothingCame);
                return false;
            }
            store(batch);
            indexer.ifPresent(SearchIndexer::done);
        } catch (RuntimeException | Error e) {
            giveUp(batch, e);
        } finally {
            batch.forEach(job -> waitingBytes.addAndGet(-job.bytes()));
        }
        return true;
    }

    /** Whether the transaction is over is as unknown as whether anything was stored. */
    private void giveUp(List<WriteJob<?>> batch, Throwable why) {
        FatalErrors.escalate(why);
        session.ifPresent(SqlSession::close);
        session = Optional.empty();
        batch.forEach(job -> job.lost(new SQLException(why)));
        LOG.error("the store's writer failed", why);
    }

    /** A server holds its store before it has something to write. */
    private void holdEarly() {
        try {
            connected();
        } catch (SQLException e) {
            LOG.debug("the store's writer connects later: {}", e.toString()); // and says so when it is asked
        }
    }

    /** Empty: there is time for the index. */
    private Optional<WriteJob<?>> next() throws InterruptedException {
        boolean waits = indexer.isEmpty() || indexer.get().isIdle() || closing;
        Duration patience = waits ? LOOK_EVERY : indexer.get().patience();
        WriteJob<?> job = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (job == null) {
            lookAtPlace();
        }
        return Optional.ofNullable(job);
    }

    /** Reports a removed store before anybody sends a message. */
    private void lookAtPlace() {
        try {
            database.requireInPlace();
            inPlace = true;
        } catch (SQLException e) {
            inPlace = false;
            troubled(e);
        }
    }

    /** Does a step. Returns false: there is nothing to be done, or it cannot be done. */
    private boolean index() {
        if (indexer.isEmpty() || indexer.get().isIdle() || closing || !inPlace) {
            return false;
        }
        try {
            SqlSession now = begun();
            try {
                indexer.get().step(now);
                now.commit();
                indexer.get().committed();
                return true;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(now);
                throw e;
            }
        } catch (SQLException | RuntimeException | Error e) {
            FatalErrors.escalate(e);
            if (!indexer.get().isFailing()) {
                LOG.warn("what was said cannot be made fit to be searched: {}", e.toString());
            }
            indexer.get().failed();
            return false;
        }
    }

    private void store(List<WriteJob<?>> jobs) {
        SqlSession now;
        try {
            now = begun();
        } catch (SQLException e) {
            troubled(e);
            jobs.forEach(job -> job.refused(e, false));
            return;
        }
        try {
            for (WriteJob<?> job : jobs) {
                job.write(now);
            }
        } catch (SQLException e) {
            rollback(now);
            onFailed(jobs, e, database.isAway(e));
            return;
        } catch (RuntimeException | Error e) {
            FatalErrors.escalate(e);
            LOG.error("the store's writer failed", e);
            rollback(now);
            onFailed(jobs, new SQLException(e), false); // of one of them, whatever it may look like
            return;
        }
        commit(now, jobs);
    }

    /** A transaction. A connection that was good before may have broken since: then another one is tried. */
    private SqlSession begun() throws SQLException {
        if (session.isPresent()) {
            try {
                database.begin(session.get());
                return session.get();
            } catch (SQLException e) {
                session.get().close();
                session = Optional.empty();
            }
        }
        SqlSession fresh = connected();
        try {
            database.begin(fresh);
            return fresh;
        } catch (SQLException e) {
            rollback(fresh);
            throw e;
        }
    }

    /** Nothing was stored. If one job may be to blame, the others are not to suffer. */
    private void onFailed(List<WriteJob<?>> jobs, SQLException e, boolean isAway) {
        if (jobs.size() > 1 && !isAway) {
            jobs.forEach(job -> store(List.of(job)));
        } else {
            if (isAway) {
                troubled(e);
            }
            jobs.forEach(job -> job.refused(e, database.isConflict(e)));
        }
    }

    private void commit(SqlSession now, List<WriteJob<?>> jobs) {
        try {
            now.commit();
        } catch (SQLException e) {
            boolean certain = rollback(now) && database.refusedCommit(e);
            troubled(e);
            jobs.forEach(job -> {
                if (certain) {
                    job.refused(e, false);
                } else {
                    job.lost(e);
                }
            });
            return;
        }
        if (away.isPresent()) {
            away = Optional.empty();
            LOG.info("the store is back");
        }
        if (jobs.stream().anyMatch(WriteJob::forgets)) {
            database.forgetSoon();
        }
        jobs.forEach(WriteJob::committed);
    }

    /** @return false: the connection is no good, and has been closed */
    private boolean rollback(SqlSession now) {
        try {
            now.rollback();
            return true;
        } catch (SQLException e) {
            now.close();
            session = Optional.empty();
            return false;
        }
    }

    private void troubled(SQLException e) {
        if (database.isAway(e)) {
            if (away.isEmpty()) {
                LOG.warn("nothing can be stored: {}", database.explain(e));
            }
            away = Optional.of(e);
        }
    }

    /** A database that cannot be reached is not tried again for every job. */
    private SqlSession connected() throws SQLException {
        if (away.isPresent() && System.nanoTime() - lastAttempt < retryNanos) {
            throw away.get();
        }
        try {
            SqlSession fresh = new SqlSession(database.openWriter());
            session = Optional.of(fresh);
            return fresh;
        } catch (SQLException e) {
            lastAttempt = System.nanoTime();
            throw e;
        }
    }

    /** Ends when everything that was asked before is done, or after a while. */
    @Override
    public void close() {
        closing = true;
        queue.offer(END); // where there is no room for it, the writer is awake
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<WriteJob<?>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(job -> job.refused(new SQLException("the store is closed"), false));
    }
}
