package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryRoomLogsTest extends RoomLogsContract {
    @Override
    protected RoomLogs create() {
        return new MemoryRoomLogs(100);
    }

    @Test
    void aRoomHasOneLogUntilItIsPutAway() {
        MemoryRoomLogs logs = new MemoryRoomLogs(5);
        RoomLog tea = logs.of(RoomName.of("tea"));
        assertThat(logs.of(RoomName.of("TEA"))).isSameAs(tea);
        assertThat(logs.of(RoomName.of("rice"))).isNotSameAs(tea);
        logs.putAway(RoomName.of("Tea"));
        assertThat(logs.of(RoomName.of("tea"))).isNotSameAs(tea);
    }
}
