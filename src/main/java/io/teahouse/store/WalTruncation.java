package io.teahouse.store;

import io.teahouse.room.support.FatalErrors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Truncates SQLite's write-ahead log soon after data was deleted: the log contains the old pages until they are
 * overwritten.
 */
final class WalTruncation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WalTruncation.class);

    private static final int SOON_MILLIS = 1000;

    /** How long the truncation may make writers wait for readers. */
    private static final int PATIENCE_MILLIS = 50;

    private final String url;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "teahouse-store-truncation");
        daemon.setDaemon(true);
        return daemon;
    });

    /** @param url of an existing file */
    WalTruncation(String url) {
        this.url = url;
    }

    /** Returns at once. From any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is thrown in it
    void request() {
        if (due.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(SOON_MILLIS, TimeUnit.MILLISECONDS, thread)
                    .execute(this::run);
        }
    }

    private void run() {
        due.set(false);
        try {
            if (!truncate()) {
                request(); // a reader still uses it
            }
        } catch (SQLException e) {
            LOG.debug("the write-ahead log could not be truncated: {}", e.toString());
            request();
        } catch (RuntimeException | Error e) {
            FatalErrors.escalate(e);
            LOG.error("the write-ahead log could not be truncated", e);
        }
    }

    /** Returns false if another connection prevents it. */
    boolean truncate() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + PATIENCE_MILLIS);
            try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return row.next() && row.getInt(1) == 0;
            }
        }
    }

    @Override
    public void close() {
        due.set(true);
        thread.shutdownNow();
    }
}
