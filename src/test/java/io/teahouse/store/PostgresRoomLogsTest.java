package io.teahouse.store;

import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomLogsContract;
import org.junit.jupiter.api.AfterEach;

class PostgresRoomLogsTest extends RoomLogsContract {
    private OpenStore opened;

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected RoomLogs create() {
        opened = OpenStore.postgresql();
        return opened.store().logs();
    }
}
