package io.teahouse.store;

class PostgresAccountsTest extends StoredAccountsContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
