package io.teahouse.store;

class SqliteSittingTest extends StoredSittingContract {
    @Override
    OpenStore create() {
        return OpenStore.sqlite();
    }
}
