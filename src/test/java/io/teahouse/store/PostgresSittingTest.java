package io.teahouse.store;

class PostgresSittingTest extends StoredSittingContract {
    @Override
    OpenStore create() {
        return OpenStore.postgresql();
    }
}
