package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Found;
import io.teahouse.room.Archive.Query;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What PostgreSQL finds by its indexes. */
class PostgresSearchTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final int MANY = 1200;

    private static void fill(Store store) {
        TestMessages tea = new TestMessages(store);
        List<Recorded> batch = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            batch.add(tea.said(i, i + (i == 7 ? " 稀有之物, Rarity 茗" : " cups of green tea 綠茶")));
        }
        answer(tea.log().append(batch));
    }

    private static Optional<List<SearchIndex.Place>> places(String url, String text) throws SQLException {
        try (SqlSession session = new SqlSession(DriverManager.getConnection(url))) {
            return new PostgresSearchIndex().places(session, OptionalLong.empty(), text, 1000);
        }
    }

    private static List<String> found(Store store, String text) {
        Query query = new Query(List.of(TEA), text, Optional.empty(), Optional.empty(), Optional.empty(), 1);
        Found found = answer(store.archive().search(query));
        assertThat(found.isComplete()).isTrue();
        return found.said().stream().map(Said::text).toList();
    }

    @Test
    void rareTextsAreFoundByTheirTrigramsOrTheirCharacters() throws Exception {
        String url = TestPostgres.newDatabase();
        try (Store store = Stores.open(OpenStore.small(StoreSettings.postgresql(url)))) {
            fill(store);
            for (String rare : List.of("rarity", "稀有", "茗", "有之物", "y 茗")) {
                assertThat(places(url, rare))
                        .as(rare)
                        .hasValueSatisfying(found -> assertThat(found).hasSize(1));
                assertThat(found(store, rare)).as(rare).containsExactly("7 稀有之物, Rarity 茗");
            }
            assertThat(places(url, "無處")).hasValue(List.of());
            assertThat(found(store, "無處")).isEmpty();
        }
    }

    @Test
    void frequentTextsAreFoundInTheNewestMessages() throws Exception {
        String url = TestPostgres.newDatabase();
        try (Store store = Stores.open(OpenStore.small(StoreSettings.postgresql(url)))) {
            fill(store);
            for (String common : List.of("green", "綠茶", "茶", " o")) {
                assertThat(places(url, common)).as(common).isEmpty();
                assertThat(found(store, common)).as(common).containsExactly(MANY + " cups of green tea 綠茶");
            }
            assertThat(found(store, "8 cups o")).containsExactly("1198 cups of green tea 綠茶");
        }
    }

    @Test
    void rareTextsAreFoundInAnyEquivalentSpelling() throws Exception {
        String url = TestPostgres.newDatabase();
        try (Store store = Stores.open(OpenStore.small(StoreSettings.postgresql(url)))) {
            TestMessages tea = new TestMessages(store);
            List<Recorded> batch = new ArrayList<>();
            for (int i = 1; i <= MANY; i++) {
                batch.add(tea.said(i, i == 7 ? "Alte Stra\u00dfe, \uff21\uff22C cafe\u0301" : "cups of tea"));
            }
            answer(tea.log().append(batch));
            for (String rare : List.of("STRASSE", "stra\u00dfe", "abc", "CAF\u00c9", "\uff33TRASSE")) {
                assertThat(places(url, io.teahouse.room.Names.fold(rare)))
                        .as(rare)
                        .hasValueSatisfying(found -> assertThat(found).hasSize(1));
                assertThat(found(store, rare)).as(rare).hasSize(1);
            }
        }
    }

    @Test
    void settingsOfTheConnectionAreRestoredAfterASearch() throws Exception {
        String url = TestPostgres.newDatabase();
        try (Store store = Stores.open(OpenStore.small(StoreSettings.postgresql(url)));
                SqlSession session = new SqlSession(DriverManager.getConnection(url))) {
            fill(store);
            List<String> before = settings(session);
            new PostgresSearchIndex().places(session, OptionalLong.empty(), "稀有", 1000);
            assertThat(settings(session)).isEqualTo(before).contains("on");
        }
    }

    private static List<String> settings(SqlSession session) throws SQLException {
        String sql = "select current_setting('enable_seqscan'), current_setting('statement_timeout')";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            row.next();
            return List.of(row.getString(1), row.getString(2));
        }
    }

    /** PostgreSQL uses the index only if the query contains the index expression literally. */
    @Test
    void cjkCharactersAreFoundByTheIndexAndNotByAScan() throws Exception {
        String url = TestPostgres.newDatabase();
        Stores.open(OpenStore.small(StoreSettings.postgresql(url))).close();
        List<String> plan = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            String sql =
                    PostgresSearchIndex.BY_SIGNS.replaceFirst("\\?", "'稀有'").replaceFirst("\\?", "'%稀有%'");
            try (ResultSet step = statement.executeQuery("explain " + sql)) {
                while (step.next()) {
                    plan.add(step.getString(1));
                }
            }
        }
        assertThat(plan).anyMatch(step -> step.contains("Bitmap Index Scan on messages_signs"));
    }
}
