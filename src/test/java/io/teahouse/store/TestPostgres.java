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

    /** An empty store, whose copies need not run the migrations. */
    private static final class Template {
        static final String NAME = migrate();

        private static String migrate() {
            String name = create("template0");
            try {
                Stores.open(StoreSettings.postgresql(url(name))).close();
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
            // a database with connections cannot be copied
            execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            return name;
        }
    }

    private static EmbeddedPostgres start() {
        try {
            // a test does not need to survive a power failure
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a database with an empty store, and returns its URL. */
    public static String newDatabase() {
        return url(create(Template.NAME));
    }

    /** Creates a database without tables, and returns its URL. */
    static String newDatabaseWithoutTables() {
        return url(create("template0"));
    }

    private static String create(String template) {
        String name = "tea" + CREATED.incrementAndGet();
        execute("create database " + name + " template " + template);
        return name;
    }

    private static String url(String database) {
        return Holder.SERVER.getJdbcUrl("postgres", database);
    }

    /** The URL of the server's own database. */
    public static String administrator() {
        return url("postgres");
    }

    /** Removes a database that nobody needs any more. */
    static void drop(String url) {
        execute("drop database " + url.replaceFirst(".*/(tea\\d+)\\?.*", "$1") + " with (force)");
    }

    private static void execute(String sql) {
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int port() {
        return Holder.SERVER.getPort();
    }

    /**
     * Settings for a database of its own, with short timeouts.
     *
     * @param through the port by which the server is reached
     */
    static StoreSettings settings(int through) {
        return settings(newDatabase().replace(":" + port() + "/", ":" + through + "/"));
    }

    static StoreSettings settings(String url) {
        StoreSettings small = OpenStore.small(StoreSettings.postgresql(url));
        return small.withBackend(small.backend().withTimes(Duration.ofSeconds(3), Duration.ofMillis(20)))
                .withReadMarkers(10);
    }
}
