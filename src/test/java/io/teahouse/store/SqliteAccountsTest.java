package io.teahouse.store;

class SqliteAccountsTest extends StoredAccountsContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
