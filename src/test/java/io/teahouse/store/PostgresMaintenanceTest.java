package io.teahouse.store;

class PostgresMaintenanceTest extends MaintenanceContract {
    @Override
    StoreSettings create() {
        return StoreSettings.postgresql(TestPostgres.newDatabase());
    }
}
