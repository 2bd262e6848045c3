package io.teahouse.account;

import io.teahouse.user.CaseMapping;

class MemoryAccountStoreTest extends AccountStoreContract {
    @Override
    protected AccountStore create() {
        return new MemoryAccountStore(CaseMapping.ASCII);
    }

    @Override
    protected AccountStore reopen(AccountStore store) {
        return store;
    }
}
