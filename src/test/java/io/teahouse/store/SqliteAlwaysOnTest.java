package io.teahouse.store;

class SqliteAlwaysOnTest extends StoredAlwaysOnContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
