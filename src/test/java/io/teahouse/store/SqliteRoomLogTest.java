package io.teahouse.store;

class SqliteRoomLogTest extends StoredRoomLogContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
