package io.teahouse.store;

import io.teahouse.operator.MaintenanceStore;
import io.teahouse.operator.MaintenanceStoreContract;
import org.junit.jupiter.api.AfterEach;

/** In a database; one test class per database. */
abstract class StoredMaintenanceStoreContract extends MaintenanceStoreContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected MaintenanceStore create() {
        opened = open();
        return opened.store().operators().maintenance();
    }

    @Override
    protected MaintenanceStore reopen(MaintenanceStore same) {
        return opened.reopen().operators().maintenance();
    }
}
