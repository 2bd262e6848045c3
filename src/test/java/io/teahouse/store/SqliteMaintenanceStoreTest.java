package io.teahouse.store;

class SqliteMaintenanceStoreTest extends StoredMaintenanceStoreContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
