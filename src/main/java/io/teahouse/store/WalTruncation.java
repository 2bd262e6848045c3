package io.teahouse.store;

import io.teahouse.room.FatalErrors;
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

/**
 * Empties SQLite's write-ahead log soon after something was deleted: the log holds pages as they were before, until others
 * overwrite them.
 */
final class WalTruncation implements AutoCloseable {
    private static final int SOON_MILLIS = 1000;

    /** How long writers may be kept waiting for readers. */
    private static final int PATIENCE_MILLIS = 50;

    private final String url;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "teahouse-store-truncation");
        daemon.setDaemon(true);
        return daemon;
    });

    /** @param url of a file that is there */
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
                request(); // somebody reads what is in it
            }
        } catch (SQLException e) {
            StoreWriter.LOG.debug("the write-ahead log could not be emptied: {}", e.toString());
            request();
        } catch (RuntimeException | Error e) {
            FatalErrors.escalate(e);
            StoreWriter.LOG.error("the write-ahead log could not be emptied", e);
        }
    }

    /** False: somebody else uses it. */
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
