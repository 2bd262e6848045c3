package io.teahouse.store;

import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomLogsContract;

/** Logs in a database, whichever it is. */
abstract class StoredRoomLogsContract extends RoomLogsContract {
    private OpenStore opened;

    /** A store with nothing in it. */
    abstract OpenStore open();

    @Override
    protected RoomLogs create() {
        opened = open();
        return opened.store().logs();
    }
}
