package io.teahouse.store;

class PostgresAuditLogTest extends StoredAuditLogContract {
    @Override
    OpenStore open() {
        return OpenStore.postgresql();
    }
}
