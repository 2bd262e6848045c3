package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Also covers two servers over one database. */
class PostgresRoomLogsTest extends StoredRoomLogsContract {
    private static final RoomName TEA = RoomName.of("tea");
    private static final RoomName COFFEE = RoomName.of("coffee");
    private static final RoomName RICE = RoomName.of("rice");

    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }

    @Test
    void theServerThatOpenedARoomLastWritesToIt() {
        try (Store second = opened().openAnother()) {
            TestMessages before = new TestMessages(opened().store(), TEA);
            assertThat(answer(before.append(1, "one"))).isEqualTo(Outcome.STORED);
            TestMessages now = new TestMessages(second, TEA);
            assertThat(now.opened().lastSeq()).isEqualTo(1);

            assertThat(answer(before.append(2, "late"))).isEqualTo(Outcome.FENCED);
            assertThat(answer(opened().store().logs().rename(TEA, RICE))).isEqualTo(Outcome.NOT_STORED);

            assertThat(answer(now.append(2, "two"))).isEqualTo(Outcome.STORED);
            assertThat(now.texts()).containsExactly("one", "two");
        }
    }

    @Test
    void aRoomThatTwoServersOpenAtOnceHasOneRow() {
        try (Store second = opened().openAnother()) {
            List<CompletionStage<RoomLog.Opened>> opens = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                RoomName room = RoomName.of("room" + i);
                opens.add(new TestLog(opened().store().logs().of(room)).open());
                opens.add(new TestLog(second.logs().of(room)).open());
            }
            for (int i = 0; i < 20; i += 2) {
                RoomLog.Opened one = answer(opens.get(i));
                RoomLog.Opened other = answer(opens.get(i + 1));
                assertThat(one.identity()).isEqualTo(other.identity());
                assertThat(List.of(one.generation(), other.generation())).containsExactlyInAnyOrder(1L, 2L);
            }
        }
    }

    @Test
    void theNameOfAnEmptyRoomThatIsOpenOnAnotherServerIsTaken() {
        try (Store second = opened().openAnother()) {
            new TestMessages(opened().store(), TEA);
            TestMessages rice = new TestMessages(second, RICE);
            assertThat(answer(opened().store().logs().rename(TEA, RICE))).isEqualTo(Outcome.NOT_STORED);
            assertThat(answer(rice.append(1, "brown"))).isEqualTo(Outcome.STORED);
        }
    }

    @Test
    void twoServersDoNotGiveOneNameToTwoRooms() {
        try (Store second = opened().openAnother()) {
            new TestMessages(opened().store(), TEA);
            TestMessages coffee = new TestMessages(second, COFFEE);
            CompletionStage<Outcome> one = opened().store().logs().rename(TEA, RICE);
            CompletionStage<Outcome> other = second.logs().rename(COFFEE, RICE);
            assertThat(List.of(answer(one), answer(other)))
                    .containsExactlyInAnyOrder(Outcome.STORED, Outcome.NOT_STORED);
            assertThat(answer(coffee.append(1, "black"))).isEqualTo(Outcome.STORED);
        }
    }

    @Test
    void closingARoomDoesNotCloseItForTheServerThatOpenedItSince() {
        try (Store second = opened().openAnother()) {
            new TestMessages(opened().store(), TEA);
            TestMessages now = new TestMessages(second, TEA);
            opened().store().logs().putAway(TEA);
            answer(new TestLog(opened().store().logs().of(COFFEE)).open());
            assertThat(answer(now.append(1, "one"))).isEqualTo(Outcome.STORED);
        }
    }
}
