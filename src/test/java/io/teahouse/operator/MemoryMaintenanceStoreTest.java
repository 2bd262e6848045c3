package io.teahouse.operator;

class MemoryMaintenanceStoreTest extends MaintenanceStoreContract {
    @Override
    protected MaintenanceStore create() {
        return new MemoryMaintenanceStore();
    }

    @Override
    protected MaintenanceStore reopen(MaintenanceStore same) {
        return same;
    }
}
