package io.teahouse.store;

import io.teahouse.account.AccountStore;
import io.teahouse.account.AccountStoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Accounts in a database; one test class per database. */
abstract class StoredAccountsContract extends AccountStoreContract {
    private List<OpenStore> opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @AfterEach
    void close() {
        opened.forEach(OpenStore::close);
    }

    @Override
    protected AccountStore create() {
        opened = opened == null ? new ArrayList<>() : opened;
        OpenStore fresh = open();
        opened.add(fresh);
        return fresh.store().accounts();
    }

    @Override
    protected AccountStore reopen(AccountStore store) {
        return opened.get(opened.size() - 1).reopen().accounts();
    }
}
