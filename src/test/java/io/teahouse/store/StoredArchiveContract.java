package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.ArchiveContract;
import io.teahouse.room.RoomLogs;
import org.junit.jupiter.api.AutoClose;

/** Queries over many rooms in a database; one test class per database. */
abstract class StoredArchiveContract extends ArchiveContract {
    @AutoClose
    private final OpenStore opened = open();

    /** Creates an empty store. */
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
