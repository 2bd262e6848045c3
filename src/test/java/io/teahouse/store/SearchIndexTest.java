package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Query;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search index of SQLite, which is filled after the commits. */
class SearchIndexTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final int MANY = 1200;
    private static final int BATCH = 250;

    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;
    private TestMessages tea;

    @BeforeEach
    void open() {
        Retention retention = Retention.FOR_EVER.withTimes(Duration.ofSeconds(1), Duration.ZERO);
        opened = FaultyDatabase.open(folder.resolve("tea.db"), true, List.of(), retention);
        tea = new TestMessages(opened.store());
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void fill() {
        List<Recorded> batch = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            batch.add(tea.said(i, "cup " + i + " of green tea 綠茶"));
        }
        answer(tea.log().append(batch));
    }

    private long number(String sql) throws SQLException {
        return FaultyDatabase.number(folder.resolve("tea.db"), sql);
    }

    private void awaitIndex(long seq) throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (number("select coalesce(max(indexed), 0) from rooms") < seq) {
            assertThat(System.nanoTime()).as("indexed in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private List<String> found(String text) {
        Query query = new Query(List.of(TEA), text, Optional.empty(), Optional.empty(), Optional.empty(), 3);
        return answer(opened.store().archive().search(query)).said().stream()
                .map(Said::text)
                .toList();
    }

    private long rows() throws SQLException {
        return number("select count(*) from message_search");
    }

    @Test
    void indexedAndUnindexedMessagesAreFound() throws SQLException {
        fill();
        awaitIndex(MANY);
        assertThat(rows()).isEqualTo(MANY);
        answer(tea.append(MANY + 1, "cup 17 once more"));
        assertThat(found("cup 17 ")).containsExactly("cup 17 of green tea 綠茶", "cup 17 once more");
        assertThat(found("CUP 1200")).containsExactly("cup 1200 of green tea 綠茶");
        assertThat(found("綠茶")).hasSize(3).endsWith("cup 1200 of green tea 綠茶");
        assertThat(found("coffee")).isEmpty();
    }

    @Test
    void indexedTextIsFoundInAnyEquivalentSpelling() throws SQLException {
        answer(tea.append(1, "Alte Stra\u00dfe, cafe\u0301"));
        List<Recorded> batch = new ArrayList<>();
        for (int i = 2; i <= MANY; i++) {
            batch.add(tea.said(i, "cup " + i));
        }
        answer(tea.log().append(batch));
        awaitIndex(MANY);
        for (String rare : List.of("STRASSE", "stra\u00dfe", "CAF\u00c9", "\u00e9")) {
            assertThat(found(rare)).as(rare).hasSize(1);
        }
    }

    @Test
    void redactedAndExpiredMessagesLeaveTheIndex() throws SQLException {
        fill();
        awaitIndex(MANY);
        answer(tea.log()
                .append(List.of(new Redacted(
                        TEA,
                        MANY + 1,
                        tea.opened().id(MANY + 1),
                        TestMessages.NOON.plusSeconds(9),
                        Nick.of("ann"),
                        Profile.APPLICATION,
                        tea.opened().id(17),
                        17,
                        "",
                        ""))));
        assertThat(rows()).isEqualTo(MANY - 1);
        assertThat(found("cup 17 ")).isEmpty();
        ((SqlStore) opened.store()).expiry().orElseThrow().run(TestMessages.NOON.plusMillis(1000 + 1000));
        assertThat(rows()).isEqualTo(201);
        assertThat(found("cup 999 ")).isEmpty();
        assertThat(found("cup 1000 ")).hasSize(1);
    }

    private TestMessages room(String name, String... texts) {
        TestMessages messages = new TestMessages(opened.store(), RoomName.of(name));
        List<Recorded> batch = new ArrayList<>();
        for (String text : texts) {
            int seq = batch.size() + 1;
            batch.add(messages.said(
                    seq, text, TestMessages.NOON.plusSeconds(batch.size()).plusMillis(name.length())));
        }
        answer(messages.log().append(batch));
        return messages;
    }

    private void awaitAll() throws SQLException {
        long all = number("select count(*) from messages");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (number("select sum(indexed) from rooms") < all) {
            assertThat(System.nanoTime()).as("indexed in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private List<String> found(String text, String... rooms) {
        List<RoomName> names = Arrays.stream(rooms).map(RoomName::of).toList();
        Query query = new Query(names, text, Optional.empty(), Optional.empty(), Optional.empty(), 3);
        return answer(opened.store().archive().search(query)).said().stream()
                .map(said -> said.room().text() + ": " + said.text())
                .toList();
    }

    private Optional<List<SearchIndex.Place>> places(String text, int most) throws SQLException {
        try (SqlSession session = new SqlSession(opened.database().openReader())) {
            return opened.database().search().places(session, OptionalLong.empty(), text, most);
        }
    }

    @Test
    void wordsOfOneOrTwoLettersAreFoundByTheIndexAnywhereInAMessage() throws SQLException {
        fill();
        room("garden", "qy in front", "at the end QY", "in-qy-side", "qy", "q and y", "🍵");
        awaitAll();
        assertThat(places("qy", 10))
                .hasValueSatisfying(found -> assertThat(found).hasSize(4));
        assertThat(places("🍵", 10))
                .hasValueSatisfying(found -> assertThat(found).hasSize(1));
        assertThat(places("zz", 10))
                .hasValueSatisfying(found -> assertThat(found).isEmpty());
        assertThat(places("te", 10)).isEmpty();
        assertThat(found("qy", "tea", "garden"))
                .containsExactly("garden: at the end QY", "garden: in-qy-side", "garden: qy");
        assertThat(found("qy", "tea")).isEmpty();
        assertThat(found("te", "tea", "garden")).hasSize(3).endsWith("tea: cup 1200 of green tea 綠茶");
    }

    @Test
    void rareTextsAreFoundInTheGivenRoomsOnly() throws SQLException {
        room("garden", "roses", "oolong in the garden");
        room("kitchen", "oolong in the kitchen", "tea", "oolong again");
        room("cellar", "oolong in the cellar");
        awaitAll();
        assertThat(found("oolong", "garden", "kitchen", "nowhere"))
                .containsExactly(
                        "kitchen: oolong in the kitchen", "garden: oolong in the garden", "kitchen: oolong again");
    }

    /** Each room has one append under way at a time, and the next follows immediately. */
    @Test
    void theIndexKeepsUpWithALoadThatNeverPauses() throws SQLException {
        int rooms = 20;
        List<CompletableFuture<Void>> loads = IntStream.range(0, rooms)
                .mapToObj(i -> load(new TestMessages(opened.store(), RoomName.of("room" + i)), 1, 5000))
                .toList();
        CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        long behind = number("select (select count(*) from messages) - (select sum(indexed) from rooms)");
        assertThat(behind).isLessThan(20_000 + 2L * rooms * BATCH + 1000);
    }

    private static CompletableFuture<Void> load(TestMessages room, int from, int last) {
        List<Recorded> batch = IntStream.range(from, from + BATCH)
                .mapToObj(seq -> (Recorded) room.said(seq, "green tea"))
                .toList();
        CompletableFuture<Void> stored =
                room.log().append(batch).toCompletableFuture().thenAccept(any -> {});
        int next = from + BATCH;
        return next > last ? stored : stored.thenCompose(any -> load(room, next, last));
    }

    /** However many messages the table holds. */
    @Test
    void aMessageIsReadByItsKeyWithoutATableScan() throws SQLException {
        List<String> plan = new ArrayList<>();
        try (SqlSession session = new SqlSession(opened.database().openReader());
                ResultSet step = session.prepare("explain query plan " + MessagesTable.PLACES)
                        .executeQuery()) {
            while (step.next()) {
                plan.add(step.getString("detail"));
            }
        }
        assertThat(plan)
                .anyMatch(step -> step.startsWith("SEARCH messages USING PRIMARY KEY"))
                .noneMatch(step -> step.startsWith("SCAN messages"));
    }

    @Test
    void frequentTextsAreFoundInSeveralRooms() throws SQLException {
        fill();
        room("garden", "roses", "lilies", "green leaves");
        awaitAll();
        assertThat(places("green", 1000)).isEmpty();
        assertThat(found("green", "tea", "garden"))
                .containsExactly(
                        "tea: cup 1199 of green tea 綠茶", "tea: cup 1200 of green tea 綠茶", "garden: green leaves");
    }

    /** The server may stop with messages left to index. */
    @Test
    void theNextServerIndexesWhatIsLeft() throws SQLException {
        fill();
        opened.close();
        long before = number("select indexed from rooms");
        assertThat(rows()).isEqualTo(before);
        open();
        awaitIndex(MANY);
        assertThat(rows()).isEqualTo(MANY);
        assertThat(found("cup 1 of")).hasSize(1);
    }
}
