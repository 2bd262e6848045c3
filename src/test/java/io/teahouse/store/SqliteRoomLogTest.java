package io.teahouse.store;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogContract;
import io.teahouse.room.RoomName;
import org.junit.jupiter.api.AfterEach;

class SqliteRoomLogTest extends RoomLogContract {
    private SqliteStores file;
    private int rooms;

    @AfterEach
    void close() {
        file.close();
    }

    @Override
    protected RoomLog create() {
        file = file == null ? new SqliteStores() : file;
        return file.store().logs().of(RoomName.of(rooms++ == 0 ? "tea" : "tea" + rooms));
    }

    @Override
    protected RoomLog reopen(RoomLog log) {
        RoomName room = ((SqlRoomLog) log).room();
        file.store().logs().putAway(room);
        return file.store().logs().of(room);
    }
}
