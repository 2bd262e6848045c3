package io.teahouse.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A few threads that read, each with a connection of its own. */
final class Readers implements AutoCloseable {
    /** What is asked of the database. */
    interface Query<T> {
        T run(Session session) throws SQLException;
    }

    private record Task<T>(Query<T> query, CompletableFuture<T> answer) {}

    private final Database database;
    private final BlockingQueue<Task<?>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    Readers(Database database, StoreSettings settings) {
        this.database = database;
        this.queue = new LinkedBlockingQueue<>(settings.queue());
        for (int i = 1; i <= settings.readers(); i++) {
            Thread thread = new Thread(this::run, "teahouse-store-reader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Returns at once. From any thread. */
    <T> CompletionStage<T> read(Query<T> query) {
        Task<T> task = new Task<>(query, new CompletableFuture<>());
        if (closing || !queue.offer(task)) {
            task.answer.completeExceptionally(new RejectedExecutionException("too much waits to be read"));
        }
        return task.answer;
    }

    private void run() {
        Optional<Session> session = Optional.empty();
        while (!closing || !queue.isEmpty()) {
            try {
                Task<?> task = queue.poll(1, TimeUnit.SECONDS);
                session = task == null ? session : answer(task, session);
            } catch (InterruptedException e) {
                closing = true; // nobody but close() interrupts
            }
        }
        session.ifPresent(Session::close);
    }

    /** Returns the connection to go on with. One that was good before may have broken since: then another one is tried. */
    private <T> Optional<Session> answer(Task<T> task, Optional<Session> before) {
        if (before.isPresent()) {
            try {
                task.answer.complete(task.query.run(before.get()));
                return before;
            } catch (SQLException | RuntimeException e) {
                before.get().close();
            }
        }
        try {
            Session fresh = new Session(database.openReader());
            try {
                task.answer.complete(task.query.run(fresh));
                return Optional.of(fresh);
            } catch (SQLException | RuntimeException e) {
                fresh.close();
                task.answer.completeExceptionally(e);
            }
        } catch (SQLException e) {
            task.answer.completeExceptionally(e);
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
