package io.teahouse.store;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogContract;
import io.teahouse.room.RoomName;

/** A log in a database, whichever it is. */
abstract class StoredRoomLogContract extends RoomLogContract {
    private OpenStore opened;
    private int rooms;

    /** A store with nothing in it. */
    abstract OpenStore open();

    @Override
    protected RoomLog create() {
        opened = opened == null ? open() : opened;
        return opened.store().logs().of(OpenStore.room(rooms++));
    }

    @Override
    protected RoomLog reopen(RoomLog log) {
        RoomName room = ((SqlRoomLog) log).room();
        return opened.reopen().logs().of(room);
    }
}
