package io.teahouse.store;

class PostgresVisibilitySessionTest extends StoredVisibilitySessionContract {
    @Override
    OpenStore create() {
        return OpenStore.postgresql();
    }
}
