package io.teahouse.store;

class PostgresReadMarkersTest extends StoredMarkersContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
