package io.teahouse.account;

class MemoryAccountStoreTest extends AccountStoreContract {
    @Override
    protected AccountStore create() {
        return new MemoryAccountStore();
    }

    @Override
    protected AccountStore reopen(AccountStore store) {
        return store;
    }
}
