package io.teahouse.store;

import io.teahouse.operator.ServerBans;
import io.teahouse.operator.ServerBansContract;
import org.junit.jupiter.api.AfterEach;

/** In a database; one test class per database. */
abstract class StoredServerBansContract extends ServerBansContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected ServerBans create() {
        opened = open();
        return opened.store().operators().bans();
    }

    @Override
    protected ServerBans reopen(ServerBans same) {
        return opened.reopen().operators().bans();
    }
}
