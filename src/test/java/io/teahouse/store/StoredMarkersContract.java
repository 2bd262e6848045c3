package io.teahouse.store;

import io.teahouse.account.ReadMarkers;
import io.teahouse.account.ReadMarkersContract;

/** Read markers in a database; one test class per database. */
abstract class StoredMarkersContract extends ReadMarkersContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @Override
    protected ReadMarkers create() {
        opened = open();
        return opened.store().markers();
    }

    @Override
    protected ReadMarkers reopen(ReadMarkers markers) {
        return opened.reopen().markers();
    }
}
