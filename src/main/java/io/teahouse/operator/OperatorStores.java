package io.teahouse.operator;

/**
 * What is stored for operators.
 *
 * @param audit what they have done
 * @param bans who may not come in
 * @param maintenance whether nobody new may
 */
public record OperatorStores(AuditLog audit, ServerBans bans, MaintenanceStore maintenance) {
    /** Lost when the server ends. */
    public static OperatorStores inMemory() {
        return new OperatorStores(new MemoryAuditLog(), new MemoryServerBans(), new MemoryMaintenanceStore());
    }
}
