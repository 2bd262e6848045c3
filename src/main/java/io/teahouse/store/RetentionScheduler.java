package io.teahouse.store;

import io.teahouse.room.FatalErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes what is too old again and again while the server runs, on a thread and a connection of its own. */
final class RetentionScheduler implements AutoCloseable {
    private final Database database;
    private final Retention retention;
    private final Future<?> turns;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "teahouse-store-expiry");
        daemon.setDaemon(true);
        return daemon;
    });

    RetentionScheduler(Database database, Retention retention) {
        this.database = database;
        this.retention = retention;
        Duration interval = retention.interval();
        turns = thread.scheduleWithFixedDelay(
                () -> run(Instant.now()), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when it is done. */
    void run(Instant now) {
        try (Connection connection = database.openWriter()) {
            List<StoreMaintenance.Deleted> all = new RetentionTask(database, connection, retention, now).run();
            long count =
                    all.stream().mapToLong(StoreMaintenance.Deleted::messages).sum();
            if (count > 0) {
                database.forgetSoon();
                StoreWriter.LOG.info("{} messages were too old and are deleted", count);
            }
        } catch (SQLException e) {
            StoreWriter.LOG.warn("what is too old could not be deleted: {}", database.explain(e));
        } catch (RuntimeException | Error e) { // or there would be no next time
            FatalErrors.escalate(e);
            StoreWriter.LOG.error("what is too old could not be deleted", e);
        }
    }

    @Override
    public void close() {
        turns.cancel(false);
        thread.shutdown();
    }
}
