package io.teahouse.room;

class MemorySittingTest extends SittingContract {
    private final MemoryRoomLogs logs = new MemoryRoomLogs();

    @Override
    protected RoomLogs logs() {
        return logs;
    }

    @Override
    protected Archive archive() {
        return logs;
    }
}
