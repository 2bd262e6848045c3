package io.teahouse.store;

class PostgresUpkeepTest extends UpkeepContract {
    @Override
    StoreSettings create() {
        return StoreSettings.postgresql(TestPostgres.newDatabase());
    }
}
