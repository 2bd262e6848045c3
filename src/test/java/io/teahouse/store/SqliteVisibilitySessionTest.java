package io.teahouse.store;

class SqliteVisibilitySessionTest extends StoredVisibilitySessionContract {
    @Override
    OpenStore create() {
        return OpenStore.sqlite();
    }
}
