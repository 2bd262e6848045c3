package io.teahouse.store;

class PostgresHooksTest extends StoredHooksContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
