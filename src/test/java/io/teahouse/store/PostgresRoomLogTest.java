package io.teahouse.store;

class PostgresRoomLogTest extends StoredRoomLogContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
