package io.teahouse.store;

import io.teahouse.room.support.FatalErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes. Jobs that arrive during a commit go into the next transaction, so the cost per job
 * falls with the load. Jobs run in the order of submission.
 */
final class StoreWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    /** The most jobs per transaction. */
    private static final int BATCH = 2048;

    /** How often an idle writer checks that its store has not been removed. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Wakes up the writer to end it. */
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
    private volatile Optional<SQLException> away = Optional.empty();

    /** Writes that have failed since then. */
    private long failed;

    private final LongAdder batches = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
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

    /** Only for the writer's thread. */
    Optional<SearchIndexer> indexer() {
        return indexer;
    }

    /** Enqueues a job. Returns at once; the job's future tells the outcome. From any thread. */
    <T> WriteJob<T> submit(WriteJob<T> job) {
        long bytes = job.bytes();
        if (closing) {
            job.refused(new SQLException("the store is closed"), false);
        } else if (waitingBytes.addAndGet(bytes) > mostBytes || !queue.offer(job)) {
            waitingBytes.addAndGet(-bytes);
            job.refused(new SQLException("too many writes are waiting"), false);
        }
        return job;
    }

    /** Whether it takes no more jobs. */
    boolean isClosed() {
        return closing;
    }

    /** How often one tries again what has failed. */
    Duration retryInterval() {
        return Duration.ofNanos(retryNanos);
    }

    /** See {@link StoreTotals#batches}. */
    long batches() {
        return batches.sum();
    }

    /** See {@link StoreTotals#writes}. */
    long writes() {
        return writes.sum();
    }

    /** See {@link StoreTotals#nanos}. */
    long nanos() {
        return nanos.sum();
    }

    /** See {@link StoreTotals#queued}. */
    int queued() {
        return queue.size();
    }

    /** See {@link StoreTotals#queuedBytes}. */
    long queuedBytes() {
        return waitingBytes.get();
    }

    /** See {@link StoreTotals#isAway}. */
    boolean isAway() {
        return away.isPresent();
    }

    /** See {@link StoreTotals#unindexed}. */
    OptionalLong unindexed() {
        return indexer.map(each -> OptionalLong.of(each.backlog())).orElse(OptionalLong.empty());
    }

    private void run() {
        connectEarly();
        while (!closing || !queue.isEmpty()) {
            try {
                boolean nothingCame = !storeNext();
                long steps = indexer.map(SearchIndexer::due).orElse(0L);
                steps = nothingCame ? Math.max(1, steps) : steps;
                while (steps > 0 && index()) {
                    steps--;
                }
            } catch (InterruptedException e) {
                closing = true; // only close() interrupts this thread
            } catch (RuntimeException | Error e) { // without this thread nothing would be stored
                FatalErrors.escalate(e);
                LOG.error("the store's writer failed", e);
            }
        }
        session.ifPresent(SqlSession::close);
    }

    /** Runs the jobs that are waiting, or that arrive in time. Returns false if there were none. */
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
            long began = System.nanoTime();
            store(batch);
            nanos.add(System.nanoTime() - began);
            batches.increment();
            writes.add(batch.size());
            indexer.ifPresent(SearchIndexer::done);
        } catch (RuntimeException | Error e) {
            giveUp(batch, e);
        } finally {
            batch.forEach(job -> waitingBytes.addAndGet(-job.bytes()));
        }
        return true;
    }

    /** Closes the connection: neither the state of the transaction nor the outcome of its jobs is known. */
    private void giveUp(List<WriteJob<?>> batch, Throwable why) {
        FatalErrors.escalate(why);
        session.ifPresent(SqlSession::close);
        session = Optional.empty();
        batch.forEach(job -> job.lost(new SQLException(why)));
        LOG.error("the store's writer failed", why);
    }

    /** Connects at the start, so that the store is in use before the first write. */
    private void connectEarly() {
        try {
            connected();
        } catch (SQLException e) {
            LOG.debug(
                    "the store's writer connects later: {}",
                    e.toString()); // a job that needs the connection reports the failure
        }
    }

    /** Waits for the next job; empty: there is time to index. */
    private Optional<WriteJob<?>> next() throws InterruptedException {
        boolean waits = indexer.isEmpty() || indexer.get().isIdle() || closing;
        Duration patience = waits ? CHECK_INTERVAL : indexer.get().patience();
        WriteJob<?> job = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (job == null) {
            checkFiles();
        }
        return Optional.ofNullable(job);
    }

    /** Reports a removed store before the next message fails. */
    private void checkFiles() {
        try {
            database.requireInPlace();
            inPlace = true;
        } catch (SQLException e) {
            inPlace = false;
            markUnavailable(e, 0);
        }
    }

    /** Indexes one batch. Returns false if there is nothing to index, or it failed. */
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
                LOG.warn("messages could not be added to the search index: {}", e.toString());
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
            markUnavailable(e, jobs.size());
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
            onFailed(jobs, new SQLException(e), false); // the fault is in one job, whatever the exception looks like
            return;
        }
        commit(now, jobs);
    }

    /** Begins a transaction. If the connection has broken since, tries a new one. */
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

    /** Nothing was stored. If a single job may be to blame, runs each by itself, so that the others do not fail. */
    private void onFailed(List<WriteJob<?>> jobs, SQLException e, boolean isAway) {
        if (jobs.size() > 1 && !isAway) {
            jobs.forEach(job -> store(List.of(job)));
        } else {
            if (isAway) {
                markUnavailable(e, jobs.size());
            }
            jobs.forEach(job -> job.refused(e, database.isConflict(e)));
        }
    }

    private void commit(SqlSession now, List<WriteJob<?>> jobs) {
        try {
            now.commit();
        } catch (SQLException e) {
            boolean certain = rollback(now) && database.refusedCommit(e);
            markUnavailable(e, jobs.size());
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
            LOG.info("the store is available again; {} writes have failed in the meantime", failed);
            failed = 0;
        }
        if (jobs.stream().anyMatch(WriteJob::forgets)) {
            database.forgetSoon();
        }
        jobs.forEach(WriteJob::committed);
    }

    /** @return false: the connection is broken and has been closed */
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

    /** The log has it once when that begins, and once when it ends, with the number of writes that failed. */
    private void markUnavailable(SQLException e, int jobs) {
        if (database.isAway(e)) {
            failed += jobs;
            if (away.isEmpty()) {
                LOG.warn("the store is unavailable, messages are refused: {}", database.explain(e));
            }
            away = Optional.of(e);
        }
    }

    /** Connects; does not try an unreachable database again for every job. */
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

    /** Returns when all earlier jobs are done, or after a while. */
    @Override
    public void close() {
        closing = true;
        queue.offer(END); // if the queue is full, the writer is awake
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<WriteJob<?>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(job -> job.refused(new SQLException("the store is closed"), false));
    }
}
