package io.teahouse.store;

import io.teahouse.room.support.FatalErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired messages periodically while the server runs, on its own thread and connection. */
final class RetentionScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionScheduler.class);

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
            List<MaintenanceResult.Deleted> all = new RetentionTask(database, connection, retention, now).run();
            long count =
                    all.stream().mapToLong(MaintenanceResult.Deleted::messages).sum();
            if (count > 0) {
                database.forgetSoon();
                LOG.info("deleted {} expired messages", count);
            }
        } catch (SQLException e) {
            LOG.warn("expired messages could not be deleted: {}", database.explain(e));
        } catch (RuntimeException | Error e) { // otherwise the exception would cancel all later runs
            FatalErrors.escalate(e);
            LOG.error("expired messages could not be deleted", e);
        }
    }

    @Override
    public void close() {
        turns.cancel(false);
        thread.shutdown();
    }
}
