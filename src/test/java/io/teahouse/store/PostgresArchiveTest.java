package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.ArchiveContract;
import io.teahouse.room.RoomLogs;
import org.junit.jupiter.api.AfterEach;

class PostgresArchiveTest extends ArchiveContract {
    private final OpenStore opened = OpenStore.postgresql();

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected RoomLogs logs() {
        return opened.store().logs();
    }

    @Override
    protected Archive archive() {
        return opened.store().archive();
    }
}
