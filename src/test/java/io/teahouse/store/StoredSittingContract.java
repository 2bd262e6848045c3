package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Archive;
import io.teahouse.room.Modes;
import io.teahouse.room.RegisteredState;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.SittingContract;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The same, where it outlives the process, however that ends: nothing is told to the store at the end. */
abstract class StoredSittingContract extends SittingContract {
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
    void nobodyReadsItWhoComesWhenTheRoomHasBeenPutAway() {
        sayAmongUs("secret tea");
        logs().putAway(TEA);
        openAnew();
        assertThat(texts()).isEmpty();
        assertThat(latest()).isEmpty();
    }

    @Test
    void aRegisteredRoomGoesOnAfterARestart() {
        keep(Optional.of(new RegisteredState("Ann", Instant.EPOCH, Modes.Snapshot.NONE, Map.of())));
        sayAmongUs("secret tea");
        opened.reopen();
        openAnew();
        assertThat(texts()).containsExactly("secret tea");
        assertThat(found("secret")).containsExactly("secret tea");
        assertThat(latest()).hasSize(1);
    }
}
