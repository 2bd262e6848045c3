package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestLog;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of {@link RoomLogs}; one test class per implementation. */
public abstract class RoomLogsContract {
    private static final RoomName RICE = RoomName.of("rice");

    /** Creates empty logs. */
    protected abstract RoomLogs create();

    private final RoomLogs logs = create();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Outcome append(RoomLog log, long seq, String text) {
        return answer(new TestLog(log).append(List.of(Some.said(seq, "ann", text))));
    }

    private List<String> texts(RoomName room) {
        TestLog log = new TestLog(logs.of(room));
        answer(log.open());
        return answer(log.read(HistoryRange.latest(9), event -> true)).events().stream()
                .map(event -> ((RoomEvent.Said) event).text())
                .toList();
    }

    @Test
    void renamingMovesTheHistory() {
        append(logs.of(TestRoom.TEA), 1, "green");
        String identity = answer(new TestLog(logs.of(TestRoom.TEA)).open()).identity();
        assertThat(answer(logs.rename(TestRoom.TEA, RICE))).isEqualTo(Outcome.STORED);
        assertThat(texts(RICE)).containsExactly("green");
        assertThat(answer(new TestLog(logs.of(RICE)).open()).identity()).isEqualTo(identity);
        assertThat(texts(TestRoom.TEA)).isEmpty();
    }

    @Test
    void anEarlierLogStaysUsable() {
        RoomLog log = logs.of(TestRoom.TEA);
        append(log, 1, "green");
        answer(logs.rename(TestRoom.TEA, RICE));
        assertThat(append(log, 2, "white")).isEqualTo(Outcome.STORED);
        assertThat(texts(RICE)).containsExactly("green", "white");
    }

    @Test
    void aNameWithHistoryIsTaken() {
        append(logs.of(TestRoom.TEA), 1, "green");
        append(logs.of(RICE), 1, "brown");
        assertThat(answer(logs.rename(TestRoom.TEA, RICE))).isEqualTo(Outcome.NOT_STORED);
        assertThat(texts(TestRoom.TEA)).containsExactly("green");
        assertThat(texts(RICE)).containsExactly("brown");
    }

    /** It has members already. */
    @Test
    void theNameOfAnOpenRoomWithoutHistoryIsTaken() {
        append(logs.of(TestRoom.TEA), 1, "green");
        answer(new TestLog(logs.of(RICE)).open());
        assertThat(answer(logs.rename(TestRoom.TEA, RICE))).isEqualTo(Outcome.NOT_STORED);
        assertThat(texts(TestRoom.TEA)).containsExactly("green");
    }

    @Test
    void oneOfTwoConcurrentRenamesSucceeds() {
        RoomName coffee = RoomName.of("coffee");
        answer(new TestLog(logs.of(TestRoom.TEA)).open());
        append(logs.of(coffee), 1, "black");
        CompletionStage<Outcome> one = logs.rename(TestRoom.TEA, RICE);
        CompletionStage<Outcome> other = logs.rename(coffee, RICE);
        assertThat(List.of(answer(one), answer(other))).containsExactly(Outcome.STORED, Outcome.NOT_STORED);
        assertThat(texts(RICE)).isEmpty();
        assertThat(texts(coffee)).containsExactly("black");
    }

    @Test
    void theNameOfAClosedRoomWithoutHistoryIsFree() {
        answer(new TestLog(logs.of(RICE)).open());
        logs.putAway(RICE);
        append(logs.of(TestRoom.TEA), 1, "green");
        assertThat(answer(logs.rename(TestRoom.TEA, RICE))).isEqualTo(Outcome.STORED);
        assertThat(texts(RICE)).containsExactly("green");
    }

    @Test
    void aRoomWithoutHistoryDoesNotGetTheLogOfAnother() {
        append(logs.of(RICE), 1, "secret");
        logs.putAway(RICE);
        answer(new TestLog(logs.of(TestRoom.TEA)).open());

        Outcome outcome = answer(logs.rename(TestRoom.TEA, RICE));

        assertThat(outcome == Outcome.NOT_STORED || texts(RICE).isEmpty()).isTrue();
    }

    @Test
    void renamingIsIdempotent() {
        append(logs.of(TestRoom.TEA), 1, "green");
        answer(logs.rename(TestRoom.TEA, RICE));
        assertThat(answer(logs.rename(TestRoom.TEA, RICE))).isEqualTo(Outcome.STORED);
        assertThat(texts(RICE)).containsExactly("green");
    }

    @Test
    void aRenameIsUndone() {
        append(logs.of(TestRoom.TEA), 1, "green");
        answer(logs.rename(TestRoom.TEA, RICE));
        assertThat(answer(logs.rename(RICE, TestRoom.TEA))).isEqualTo(Outcome.STORED);
        assertThat(texts(TestRoom.TEA)).containsExactly("green");
    }

    @Test
    void aRenameMayChangeTheSpellingOnly() {
        append(logs.of(TestRoom.TEA), 1, "green");
        assertThat(answer(logs.rename(TestRoom.TEA, RoomName.of("TEA")))).isEqualTo(Outcome.STORED);
        assertThat(texts(TestRoom.TEA)).containsExactly("green");
    }

    @Test
    void registeredRoomsOfAnAccountAreListedUntilTheyAreUnregistered() {
        RegisteredState kept = new RegisteredState("Ann", Some.NOON, Modes.Snapshot.NONE, Map.of());
        answer(new TestLog(logs.of(TestRoom.TEA)).keep(Optional.of(kept)));
        answer(new TestLog(logs.of(RICE)).keep(Optional.of(kept)));
        assertThat(answer(logs.registered("Ann"))).containsExactlyInAnyOrder(TestRoom.TEA.key(), RICE.key());
        assertThat(answer(logs.registered("Bob"))).isEmpty();
        answer(new TestLog(logs.of(RICE)).keep(Optional.empty()));
        assertThat(answer(logs.registered("Ann"))).containsExactly(TestRoom.TEA.key());
    }
}
