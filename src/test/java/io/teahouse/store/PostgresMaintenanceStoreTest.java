package io.teahouse.store;

class PostgresMaintenanceStoreTest extends StoredMaintenanceStoreContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
