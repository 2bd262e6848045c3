package io.teahouse.store;

import io.teahouse.hook.HookQueue;
import io.teahouse.hook.HookQueueContract;

/** The queue of webhooks in a database; one test class per database. */
abstract class StoredHooksContract extends HookQueueContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @Override
    protected HookQueue create() {
        opened = open();
        return opened.store().hooks();
    }

    @Override
    protected HookQueue reopen(HookQueue queue) {
        return opened.reopen().hooks();
    }
}
