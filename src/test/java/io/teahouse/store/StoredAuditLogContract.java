package io.teahouse.store;

import io.teahouse.operator.AuditLog;
import io.teahouse.operator.AuditLogContract;
import org.junit.jupiter.api.AfterEach;

/** An audit log in a database; one test class per database. */
abstract class StoredAuditLogContract extends AuditLogContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected AuditLog create() {
        opened = open();
        return opened.store().operators().audit();
    }

    @Override
    protected AuditLog reopen(AuditLog same) {
        return opened.reopen().operators().audit();
    }
}
