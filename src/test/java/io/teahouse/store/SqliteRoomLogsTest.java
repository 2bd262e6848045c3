package io.teahouse.store;

import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomLogsContract;
import org.junit.jupiter.api.AfterEach;

class SqliteRoomLogsTest extends RoomLogsContract {
    private SqliteStores file;

    @AfterEach
    void close() {
        file.close();
    }

    @Override
    protected RoomLogs create() {
        file = new SqliteStores();
        return file.store().logs();
    }
}
