package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive.Found;
import io.teahouse.room.Archive.Query;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching a store whose index is still empty, like that of an older file. */
class SearchIndexLagTest {
    private static final RoomName TEA = RoomName.of("tea");
    private static final RoomName GARDEN = RoomName.of("garden");
    private static final int MANY = 3000;

    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;

    @BeforeEach
    void open() {
        opened = FaultyDatabase.open(folder.resolve("tea.db"));
        fill(TEA);
        fill(GARDEN);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void fill(RoomName room) {
        TestMessages messages = new TestMessages(opened.store(), room);
        List<Recorded> batch = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            batch.add(messages.said(i, room.text() + " " + i + " ends"));
        }
        answer(messages.log().append(batch));
    }

    private Found search(String text, Duration looking, RoomName... rooms) throws SQLException {
        Query query = new Query(List.of(rooms), text, Optional.empty(), Optional.empty(), Optional.empty(), 9);
        List<RoomsTable.Asked> asked = Stream.of(rooms)
                .map(room -> new RoomsTable.Asked(room, Optional.empty(), RoomLog.FOR_ALL))
                .toList();
        try (SqlSession session = new SqlSession(opened.database().openReader())) {
            return new SearchQuery(query, asked, new SqliteSearchIndex(), Duration.ofMinutes(1), looking).run(session);
        }
    }

    @Test
    void withEnoughTimeEverythingIsScanned() throws SQLException {
        Found one = search("TEA 7 ends", Duration.ofMinutes(1), TEA);
        assertThat(one.said()).extracting(Said::text).containsExactly("tea 7 ends");
        assertThat(one.isComplete()).isTrue();
        Found both = search(" 7 ends", Duration.ofMinutes(1), TEA, GARDEN);
        assertThat(both.said()).extracting(Said::text).containsExactlyInAnyOrder("tea 7 ends", "garden 7 ends");
        assertThat(both.isComplete()).isTrue();
    }

    @Test
    void withoutTimeTheNewestOfEachRoomIsScannedAndTheResultIsIncomplete() throws SQLException {
        Found one = search(" 7 ends", Duration.ZERO, TEA);
        assertThat(one.said()).isEmpty();
        assertThat(one.isComplete()).isFalse();
        Found both = search(" 2900 ends", Duration.ZERO, TEA, GARDEN);
        assertThat(both.said()).extracting(Said::text).containsExactlyInAnyOrder("tea 2900 ends", "garden 2900 ends");
        assertThat(both.isComplete()).isFalse();
    }

    @Test
    void aSearchWithEnoughResultsIsCompleteWithoutScanningTheRest() throws SQLException {
        Found found = search("ends", Duration.ZERO, TEA);
        assertThat(found.said()).hasSize(9);
        assertThat(found.isComplete()).isTrue();
    }
}
