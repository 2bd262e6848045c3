package io.teahouse.store;

class SqliteHooksTest extends StoredHooksContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
