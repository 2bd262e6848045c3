package io.teahouse.hook;

class MemoryHookQueueTest extends HookQueueContract {
    @Override
    protected HookQueue create() {
        return new MemoryHookQueue();
    }

    @Override
    protected HookQueue reopen(HookQueue queue) {
        return queue;
    }
}
