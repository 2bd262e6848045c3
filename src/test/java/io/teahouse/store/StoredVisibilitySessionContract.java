package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive;
import io.teahouse.room.Modes;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.VisibilitySessionContract;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The same contract for sessions that outlive the process. The process may end in any way: the store is told
 * nothing at the end.
 */
abstract class StoredVisibilitySessionContract extends VisibilitySessionContract {
    @AutoClose
    private final OpenStore opened = create();

    abstract OpenStore create();

    @Override
    protected RoomLogs logs() {
        return opened.store().logs();
    }

    @Override
    protected Archive archive() {
        return opened.store().archive();
    }

    @Test
    void afterARestartNobodyReadsIt() {
        say("open tea", RoomLog.FOR_ALL);
        sayAmongUs("secret tea");
        opened.reopen();
        assertThat(found("tea")).containsExactly("open tea");
        openAnew();
        assertThat(texts()).containsExactly("open tea");
        assertThat(found("tea")).containsExactly("open tea");
        assertThat(found("secret")).isEmpty();
    }

    @Test
    void nobodyWhoJoinsAfterTheRoomWasClosedReadsIt() {
        sayAmongUs("secret tea");
        logs().putAway(TEA);
        openAnew();
        assertThat(texts()).isEmpty();
        assertThat(latest()).isEmpty();
    }

    @Test
    void aRegisteredRoomContinuesItsSessionAfterARestart() {
        keep(Optional.of(new RegisteredState("Ann", Instant.EPOCH, Modes.Snapshot.NONE, Map.of())));
        sayAmongUs("secret tea");
        opened.reopen();
        openAnew();
        assertThat(texts()).containsExactly("secret tea");
        assertThat(found("secret")).containsExactly("secret tea");
        assertThat(latest()).hasSize(1);
    }
}
