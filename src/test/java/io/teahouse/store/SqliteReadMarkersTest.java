package io.teahouse.store;

class SqliteReadMarkersTest extends StoredMarkersContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
