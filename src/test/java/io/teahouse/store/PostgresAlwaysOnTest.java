package io.teahouse.store;

class PostgresAlwaysOnTest extends StoredAlwaysOnContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
