package io.teahouse.store;

class PostgresRoomLogsTest extends StoredRoomLogsContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
