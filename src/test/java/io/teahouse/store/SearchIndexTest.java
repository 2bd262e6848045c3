package io.teahouse.store;

import static io.teahouse.store.Lines.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Query;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index that search in SQLite is fast by, which is made behind the commits. */
class SearchIndexTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final int MANY = 1200;

    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;
    private Lines tea;

    @BeforeEach
    void open() {
        Retention retention = new Retention(Duration.ofSeconds(1), Duration.ZERO, Map.of());
        opened = FaultyDatabase.open(folder.resolve("tea.db"), true, List.of(), retention);
        tea = new Lines(opened.store());
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
        return answer(opened.store().archive().search(query)).stream()
                .map(Said::text)
                .toList();
    }

    private long rows() throws SQLException {
        return number("select count(*) from message_search");
    }

    @Test
    void whatIsIndexedIsFoundAndSoIsWhatIsNotYet() throws SQLException {
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
    void whatWasTakenBackOrIsTooOldIsInNoIndex() throws SQLException {
        fill();
        awaitIndex(MANY);
        answer(tea.log()
                .append(List.of(new Redacted(
                        TEA,
                        MANY + 1,
                        tea.opened().id(MANY + 1),
                        Lines.NOON.plusSeconds(9),
                        Nick.of("ann"),
                        Profile.APPLICATION,
                        tea.opened().id(17),
                        17,
                        "",
                        ""))));
        assertThat(rows()).isEqualTo(MANY - 1);
        assertThat(found("cup 17 ")).isEmpty();
        ((SqlStore) opened.store()).expiry().orElseThrow().run(Lines.NOON.plusMillis(1000 + 1000));
        assertThat(rows()).isEqualTo(201);
        assertThat(found("cup 999 ")).isEmpty();
        assertThat(found("cup 1000 ")).hasSize(1);
    }

    /** The server may end in the middle of it. */
    @Test
    void whatWasLeftIsIndexedByTheNextServer() throws SQLException {
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
