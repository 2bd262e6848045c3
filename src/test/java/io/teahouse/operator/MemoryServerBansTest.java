package io.teahouse.operator;

class MemoryServerBansTest extends ServerBansContract {
    @Override
    protected ServerBans create() {
        return new MemoryServerBans();
    }

    @Override
    protected ServerBans reopen(ServerBans same) {
        return same;
    }
}
