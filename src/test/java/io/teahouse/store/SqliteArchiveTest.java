package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.ArchiveContract;
import io.teahouse.room.RoomLogs;
import org.junit.jupiter.api.AfterEach;

class SqliteArchiveTest extends ArchiveContract {
    private final SqliteStores file = new SqliteStores();

    @AfterEach
    void close() {
        file.close();
    }

    @Override
    protected RoomLogs logs() {
        return file.store().logs();
    }

    @Override
    protected Archive archive() {
        return file.store().archive();
    }
}
