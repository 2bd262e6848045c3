package io.teahouse.store;

import io.teahouse.account.ReadMarkers;
import io.teahouse.account.ReadMarkersContract;
import org.junit.jupiter.api.AfterEach;

class SqliteReadMarkersTest extends ReadMarkersContract {
    private OpenStore opened;

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected ReadMarkers create() {
        opened = OpenStore.sqlite();
        return opened.store().markers();
    }

    @Override
    protected ReadMarkers reopen(ReadMarkers markers) {
        return opened.reopen().markers();
    }
}
