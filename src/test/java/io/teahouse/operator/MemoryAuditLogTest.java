package io.teahouse.operator;

class MemoryAuditLogTest extends AuditLogContract {
    @Override
    protected AuditLog create() {
        return new MemoryAuditLog();
    }

    @Override
    protected AuditLog reopen(AuditLog same) {
        return same;
    }
}
