package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.ArchiveContract;
import io.teahouse.room.RoomLogs;
import org.junit.jupiter.api.AutoClose;

/** What is asked of a database, whichever it is. */
abstract class StoredArchiveContract extends ArchiveContract {
    @AutoClose
    private final OpenStore opened = open();

    /** A store with nothing in it. */
    abstract OpenStore open();

    @Override
    protected RoomLogs logs() {
        return opened.store().logs();
    }

    @Override
    protected Archive archive() {
        return opened.store().archive();
    }
}
