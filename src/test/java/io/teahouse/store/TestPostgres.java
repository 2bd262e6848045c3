package io.teahouse.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, shared by the whole test run, and databases in it. */
public final class TestPostgres {
    private static final AtomicInteger CREATED = new AtomicInteger();

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            // a test does not need to survive a power failure
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates an empty schema and returns its URL; a database of its own would take longer to create. */
    public static String newDatabase() {
        String name = "tea" + CREATED.incrementAndGet();
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Holder.SERVER.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
    }

    static int port() {
        return Holder.SERVER.getPort();
    }

    /**
     * Settings for a schema of its own, with short timeouts.
     *
     * @param through the port by which the server is reached
     */
    static StoreSettings settings(int through) {
        return settings(newDatabase().replace(":" + port() + "/", ":" + through + "/"));
    }

    static StoreSettings settings(String url) {
        StoreSettings small = OpenStore.small(StoreSettings.postgresql(url));
        return small.withBackend(small.backend().withTimes(Duration.ofSeconds(1), Duration.ofMillis(20)))
                .withReadMarkers(10);
    }
}
