package io.teahouse.store;

class PostgresServerBansTest extends StoredServerBansContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
