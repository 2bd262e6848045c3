package io.teahouse.store;

import io.teahouse.account.ReadMarkers;
import io.teahouse.account.ReadMarkersContract;

/** Read markers in a database, whichever it is. */
abstract class StoredMarkersContract extends ReadMarkersContract {
    private OpenStore opened;

    /** A store with nothing in it. */
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
