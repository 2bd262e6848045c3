package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Modes;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomLogsContract;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logs in a database, whichever it is. */
abstract class StoredRoomLogsContract extends RoomLogsContract {
    private OpenStore opened;

    /** A store with nothing in it. */
    abstract OpenStore open();

    /** With a Cyrillic letter in it. */
    private static final RoomName FAKE = RoomName.of("te\u0430");

    @Test
    void aRegisteredRoomKeepsAwayWhatLooksLikeIt() {
        RoomLogs logs = create();
        RoomName tea = RoomName.of("tea");
        RoomName coffee = RoomName.of("coffee");
        RoomLog log = logs.of(tea);
        answer(log.open());
        RegisteredState kept = new RegisteredState("ann", Instant.EPOCH, Modes.Snapshot.NONE, Map.of());
        assertThat(answer(logs.of(FAKE).open()).lookAlike()).isEmpty();
        answer(log.keep(Optional.of(kept)));
        assertThat(answer(logs.of(FAKE).open()).lookAlike()).contains(tea);
        assertThat(answer(logs.of(tea).open()).lookAlike()).isEmpty();
        answer(logs.of(coffee).open());
        answer(logs.of(coffee).keep(Optional.of(kept)));
        assertThat(answer(logs.rename(coffee, FAKE))).isEqualTo(RoomLog.Outcome.NOT_STORED);
        assertThat(answer(logs.rename(coffee, RoomName.of("caf\u0435")))).isEqualTo(RoomLog.Outcome.STORED);
        assertThat(answer(logs.of(RoomName.of("cafe")).open()).lookAlike()).contains(RoomName.of("caf\u0435"));
        answer(log.keep(Optional.empty()));
        assertThat(answer(logs.of(FAKE).open()).lookAlike()).isEmpty();
    }

    @Override
    protected RoomLogs create() {
        opened = open();
        return opened.store().logs();
    }
}
