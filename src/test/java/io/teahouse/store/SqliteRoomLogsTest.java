package io.teahouse.store;

class SqliteRoomLogsTest extends StoredRoomLogsContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
