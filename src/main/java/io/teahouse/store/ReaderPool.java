package io.teahouse.store;

import io.teahouse.account.Cloak;
import io.teahouse.room.support.FatalErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fixed number of reader threads, each with its own connection. */
final class ReaderPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);

    /** A query to run on a reader thread. */
    interface Query<T> {
        T run(SqlSession session) throws SQLException;
    }

    private record Task<T>(Query<T> query, long begin, CompletableFuture<T> answer) {}

    private final Database database;
    private final Duration patience;
    private final BlockingQueue<Task<?>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private final StoreTotals.Reads totals;
    private volatile boolean closing;
    private volatile Cloak cloak = Cloak.NONE;

    /**
     * @param kind a part of the threads' names
     * @param count how many threads read at the same time
     * @param waiting how many queries may wait; one more is refused
     * @param patience how long a query may wait; after that, its caller has given up and it is not run
     */
    ReaderPool(Database database, String kind, int count, int waiting, Duration patience) {
        this.database = database;
        this.patience = patience;
        this.totals = new StoreTotals.Reads(kind);
        this.queue = new LinkedBlockingQueue<>(waiting);
        for (int i = 1; i <= count; i++) {
            Thread thread = RestartingThread.create("teahouse-store-" + kind + "-" + i, this::run);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many queries it has answered. */
    StoreTotals.Reads totals() {
        return totals;
    }

    void cloak(Cloak to) {
        cloak = to;
    }

    /** Enqueues a query. Returns at once; from any thread. */
    <T> CompletionStage<T> read(Query<T> query) {
        Task<T> task = new Task<>(query, System.nanoTime(), new CompletableFuture<>());
        if (closing || !queue.offer(task)) {
            task.answer.completeExceptionally(new RejectedExecutionException("too many reads are waiting"));
        }
        return task.answer;
    }

    private void run() {
        Optional<SqlSession> session = Optional.empty();
        while (!closing || !queue.isEmpty()) {
            try {
                Task<?> task = queue.poll(1, TimeUnit.SECONDS);
                if (task != null) {
                    session = answer(task, session);
                    totals.count().increment();
                    totals.nanos().add(System.nanoTime() - task.begin);
                }
            } catch (InterruptedException e) {
                closing = true; // only close() interrupts this thread
            }
        }
        session.ifPresent(SqlSession::close);
    }

    /** Runs a task. Returns the connection to use next; if the given one has broken, tries a new one. */
    private <T> Optional<SqlSession> answer(Task<T> task, Optional<SqlSession> before) {
        if (System.nanoTime() - task.begin > patience.toNanos()) {
            task.answer.completeExceptionally(new RejectedExecutionException("the read waited too long"));
            return before;
        }
        if (before.isPresent()) {
            try {
                task.answer.complete(task.query.run(before.get()));
                return before;
            } catch (SQLException | RuntimeException | Error e) {
                FatalErrors.escalate(e);
                before.get().close();
            }
        }
        try {
            SqlSession fresh = new SqlSession(database.openReader(), () -> cloak);
            try {
                task.answer.complete(task.query.run(fresh));
                return Optional.of(fresh);
            } catch (SQLException | RuntimeException | Error e) {
                FatalErrors.escalate(e);
                fresh.close();
                throw e;
            }
        } catch (SQLException e) {
            task.answer.completeExceptionally(e);
        } catch (RuntimeException | Error e) { // without this thread, others would wait for ever
            FatalErrors.escalate(e);
            task.answer.completeExceptionally(e);
            LOG.error("a read from the store failed", e);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closing = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
