package io.teahouse.store;

class PostgresRenamedAccountTest extends RenamedAccountContract {
    @Override
    StoreSettings create() {
        return StoreSettings.postgresql(TestPostgres.newDatabase());
    }
}
