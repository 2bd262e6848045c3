package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.store.StoreFixture;
import io.teahouse.store.StoreSettings;
import io.teahouse.store.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose account may not have {@code pg_trgm} in the database. */
class MissingExtensionTest {
    private static final String INDEX =
            "select count(*) from pg_indexes where schemaname = 'tea' and indexname = 'messages_text'";

    /** Whoever may create in the database may have the extension; this one may only in its schema. */
    @Test
    void theServerSaysSoAndSearchAnswersAndWhenTheExtensionHasComeItIsUsed() throws Exception {
        String administrator = TestPostgres.administrator();
        execute(administrator, "create database bare", "create role guest login");
        String bare = administrator.replaceFirst("/postgres\\?", "/bare?");
        execute(bare, "create schema tea authorization guest");
        StoreSettings guest =
                StoreSettings.postgresql(bare.replaceFirst("user=[^&]*", "user=guest") + "&currentSchema=tea");
        try (LogLines log = new LogLines();
                StoreFixture fixture = StoreFixture.open(guest)) {
            assertThat(log.about("search has no trigram index"))
                    .singleElement()
                    .asString()
                    .contains("permission denied to create extension", "CREATE EXTENSION pg_trgm");
            fixture.say("ann", "a rarity");
            assertThat(found(fixture, "rarity")).containsExactly("a rarity");
        }
        assertThat(number(bare, INDEX)).isZero();
        execute(bare, "create extension pg_trgm");
        try (LogLines log = new LogLines();
                StoreFixture fixture = StoreFixture.open(guest)) {
            assertThat(log.about("search")).isEmpty();
            assertThat(number(bare, INDEX)).isEqualTo(1);
            assertThat(found(fixture, "rarity")).containsExactly("a rarity");
        }
    }

    private static List<String> found(StoreFixture fixture, String text) {
        Archive.Query query = new Archive.Query(
                List.of(StoreFixture.TEA), text, Optional.empty(), Optional.empty(), Optional.empty(), 9);
        return fixture.store().archive().search(query).toCompletableFuture().join().said().stream()
                .map(Said::text)
                .toList();
    }

    private static long number(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
