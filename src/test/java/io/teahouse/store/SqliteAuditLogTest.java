package io.teahouse.store;

class SqliteAuditLogTest extends StoredAuditLogContract {
    @Override
    OpenStore open() {
        return OpenStore.sqlite();
    }
}
