package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Modes;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomLogsContract;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The logs in a database; one test class per database. */
abstract class StoredRoomLogsContract extends RoomLogsContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    /** With a Cyrillic letter. */
    private static final RoomName FAKE = RoomName.of("te\u0430");

    @Test
    void aRegisteredRoomBlocksNamesThatLookLikeIt() {
        RoomLogs logs = create();
        RoomName tea = RoomName.of("tea");
        RoomName coffee = RoomName.of("coffee");
        TestLog log = new TestLog(logs.of(tea));
        answer(log.open());
        RegisteredState kept = new RegisteredState("ann", Instant.EPOCH, Modes.Snapshot.NONE, Map.of());
        assertThat(answer(new TestLog(logs.of(FAKE)).open()).lookAlike()).isEmpty();
        answer(log.keep(Optional.of(kept)));
        assertThat(answer(new TestLog(logs.of(FAKE)).open()).lookAlike()).contains(tea);
        assertThat(answer(log.open()).lookAlike()).isEmpty();
        answer(new TestLog(logs.of(coffee)).open());
        answer(new TestLog(logs.of(coffee)).keep(Optional.of(kept)));
        assertThat(answer(logs.rename(coffee, FAKE))).isEqualTo(RoomLog.Outcome.NOT_STORED);
        assertThat(answer(logs.rename(coffee, RoomName.of("caf\u0435")))).isEqualTo(RoomLog.Outcome.STORED);
        assertThat(answer(new TestLog(logs.of(RoomName.of("cafe"))).open()).lookAlike())
                .contains(RoomName.of("caf\u0435"));
        answer(log.keep(Optional.empty()));
        assertThat(answer(new TestLog(logs.of(FAKE)).open()).lookAlike()).isEmpty();
    }

    final OpenStore opened() {
        return opened;
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected RoomLogs create() {
        opened = open();
        return opened.store().logs();
    }
}
