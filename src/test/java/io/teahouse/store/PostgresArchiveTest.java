package io.teahouse.store;

class PostgresArchiveTest extends StoredArchiveContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
