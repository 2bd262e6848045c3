package io.teahouse.account;

class MemoryReadMarkersTest extends ReadMarkersContract {
    @Override
    protected ReadMarkers create() {
        return new MemoryReadMarkers(MOST);
    }

    @Override
    protected ReadMarkers reopen(ReadMarkers markers) {
        return markers;
    }
}
