package io.teahouse.store;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogContract;
import io.teahouse.room.RoomName;
import org.junit.jupiter.api.AfterEach;

class PostgresRoomLogTest extends RoomLogContract {
    private OpenStore opened;
    private int rooms;

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected RoomLog create() {
        opened = opened == null ? OpenStore.postgresql() : opened;
        return opened.store().logs().of(OpenStore.room(rooms++));
    }

    @Override
    protected RoomLog reopen(RoomLog log) {
        RoomName room = ((SqlRoomLog) log).room();
        return opened.reopen().logs().of(room);
    }
}
