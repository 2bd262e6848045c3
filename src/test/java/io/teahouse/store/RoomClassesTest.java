package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Anchor;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Modes;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.TopicChanged;
import io.teahouse.room.RoomLog.Excerpt;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.store.FaultyDatabase.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms with other durability or retention than the rest. */
class RoomClassesTest {
    private static final RoomName GAME = RoomName.of("Game-1");
    private static final RoomName FAST = RoomName.of("fast");
    private static final RoomName SHORT = RoomName.of("short");
    private static final List<RoomClass> CLASSES = List.of(
            new RoomClass(List.of("game-*"), Durability.NONE), new RoomClass(List.of("fast"), Durability.RELAXED));
    private static final Retention RETENTION = Retention.FOR_EVER.withClasses(
            List.of(new RoomClass(List.of("sho*"), Durability.STORED, Optional.of(Duration.ofSeconds(1)))));

    @TempDir
    private Path folder;

    private FaultyDatabase.Opened opened;

    @BeforeEach
    void open() {
        opened = FaultyDatabase.open(folder.resolve("tea.db"), false, CLASSES, RETENTION);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void reopen() {
        opened.close();
        open();
    }

    private long rows() throws SQLException {
        return FaultyDatabase.count(folder.resolve("tea.db"), "messages");
    }

    @Test
    void messagesOfTransientRoomsAreNotStored() throws SQLException {
        TestMessages game = new TestMessages(opened.store(), GAME);
        assertThat(answer(game.append(1, "move"))).isEqualTo(Outcome.STORED);
        assertThat(game.texts()).containsExactly("move");
        assertThat(answer(game.log().open()).lastSeq()).isEqualTo(1);
        RegisteredState kept = new RegisteredState("ann", TestMessages.NOON, Modes.Snapshot.NONE, Map.of());
        assertThat(answer(game.log().keep(Optional.of(kept)))).isEqualTo(Outcome.STORED);
        assertThat(rows()).isZero();
        reopen();
        game = new TestMessages(opened.store(), GAME);
        assertThat(game.texts()).isEmpty();
        assertThat(game.opened().kept()).contains(kept);
        assertThat(answer(game.append(1, "again"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void relaxedRoomsDoNotWaitForTheStore() {
        TestMessages fast = new TestMessages(opened.store(), FAST);
        opened.database().have(Fault.READ_ONLY);
        for (int i = 1; i <= 5; i++) {
            assertThat(fast.append(i, "line " + i).toCompletableFuture()).isCompletedWithValue(Outcome.STORED);
        }
        var read = fast.log().read(HistoryRange.ALL, event -> true).toCompletableFuture();
        assertThat(read).isNotDone();
        opened.database().have(Fault.NONE);
        assertThat(answer(read).events()).hasSize(5);
        reopen();
        assertThat(new TestMessages(opened.store(), FAST).texts()).hasSize(5).endsWith("line 5");
    }

    @Test
    void theBacklogOfARelaxedRoomIsBounded() {
        TestMessages fast = new TestMessages(opened.store(), FAST);
        opened.database().have(Fault.READ_ONLY);
        Outcome outcome = Outcome.STORED;
        long seq = 0;
        while (outcome == Outcome.STORED && seq < 1000) {
            seq++;
            outcome = answer(fast.append(seq, "x"));
        }
        assertThat(outcome).isEqualTo(Outcome.NOT_STORED);
        opened.database().have(Fault.NONE);
        assertThat(fast.texts()).hasSize((int) seq - 1);
        assertThat(answer(fast.append(seq, "x"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void aRelaxedRoomStoresAMessageOnceEvenIfTheAnswerIsLost() {
        TestMessages fast = new TestMessages(opened.store(), FAST);
        opened.database().have(Fault.LOST_ANSWER);
        answer(fast.append(1, "1"));
        answer(fast.append(2, "2"));
        assertThat(fast.texts()).containsExactly("1", "2");
    }

    @Test
    void aRoomThatIsReopenedWhileItsLogIsWritingKeepsItsLog() {
        TestMessages fast = new TestMessages(opened.store(), FAST);
        RoomLogs logs = opened.store().logs();
        opened.database().have(Fault.READ_ONLY);
        answer(fast.append(1, "1"));
        logs.putAway(FAST);
        assertThat(logs.of(FAST)).isSameAs(fast.log().log());
        opened.database().have(Fault.NONE);
        assertThat(fast.texts()).containsExactly("1");
        answer(fast.append(2, "2"));
        assertThat(fast.texts()).containsExactly("1", "2"); // by now the first log has finished
        assertThat(logs.of(FAST)).isSameAs(fast.log().log());
    }

    @Test
    void aRoomThatIsRenamedAndClosedWhileItsLogIsWritingIsRemoved() {
        RoomName swift = RoomName.of("swift");
        TestMessages fast = new TestMessages(opened.store(), FAST);
        answer(fast.append(1, "1"));
        assertThat(fast.texts()).containsExactly("1");
        SqlStore store = (SqlStore) opened.store();
        CountDownLatch gate = new CountDownLatch(1);
        store.threads().writer().submit(new SimpleWriteJob<>(session -> {
            StoreWriterTest.awaitQuietly(gate);
            return 1;
        }));
        var renamed = store.rename(FAST, swift);
        answer(fast.append(2, "2"));
        store.putAway(FAST);
        gate.countDown();
        assertThat(answer(renamed)).isEqualTo(Outcome.STORED);
        assertThat(fast.texts()).containsExactly("1", "2");
        answer(store.threads().writer().submit(new SimpleWriteJob<>(session -> 1)).answer);
        assertThat(store.logs().of(swift)).isNotSameAs(fast.log().log());
    }

    @Test
    void ofTwoWritersOfARelaxedRoomOneIsFenced() {
        TestMessages fast = new TestMessages(opened.store(), FAST);
        answer(fast.append(1, "mine"));
        answer(fast.append(1, "not mine"));
        assertThat(fast.texts()).containsExactly("mine");
        assertThat(answer(fast.append(2, "x"))).isEqualTo(Outcome.FENCED);
    }

    @Test
    void expiredMessagesAreDeletedAndTheRoomContinues() throws SQLException {
        TestMessages room = new TestMessages(opened.store(), SHORT);
        List<Recorded> batch = new ArrayList<>(List.of(topic(room, 1)));
        for (int i = 2; i <= 2500; i++) {
            batch.add(room.said(i, "line " + i));
        }
        answer(room.log().append(batch));
        RetentionScheduler expiry = ((SqlStore) opened.store()).expiry().orElseThrow();

        expiry.run(TestMessages.NOON.plusMillis(2300 + 1000));

        assertThat(rows()).isEqualTo(201 + 1);
        assertThat(room.texts()).hasSize(201).startsWith("line 2300");
        Excerpt all = answer(room.log().read(HistoryRange.ALL, event -> true));
        assertThat(all.gap()).isTrue();
        Anchor deleted = new Anchor.AtId(room.opened().id(7));
        Excerpt after = answer(room.log().read(HistoryRange.after(deleted, 5), event -> true));
        assertThat(after.known()).isTrue();
        assertThat(after.gap()).isTrue();
        assertThat(after.events()).hasSize(5);

        expiry.run(TestMessages.NOON.plusSeconds(3600));

        assertThat(room.texts()).isEmpty();
        reopen();
        room = new TestMessages(opened.store(), SHORT);
        assertThat(room.opened().lastSeq()).isEqualTo(2500);
        assertThat(room.opened().topic()).map(TopicChanged::text).contains("tea");
        assertThat(answer(room.append(2501, "on"))).isEqualTo(Outcome.STORED);
    }

    private static TopicChanged topic(TestMessages room, long seq) {
        return new TopicChanged(
                SHORT, seq, room.opened().id(seq), TestMessages.NOON, Nick.of("ann"), Profile.APPLICATION, "tea", "");
    }

    @Test
    void otherRoomsKeepEverything() throws SQLException {
        TestMessages tea = new TestMessages(opened.store());
        answer(tea.append(1, "1"));
        answer(tea.append(2, "2"));
        ((SqlStore) opened.store()).expiry().orElseThrow().run(TestMessages.NOON.plusSeconds(3600));
        assertThat(rows()).isEqualTo(2);
    }
}
