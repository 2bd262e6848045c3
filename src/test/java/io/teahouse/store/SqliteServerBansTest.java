package io.teahouse.store;

class SqliteServerBansTest extends StoredServerBansContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
