package io.teahouse.store;

class SqliteArchiveTest extends StoredArchiveContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
