package io.teahouse.room;

class MemoryVisibilitySessionTest extends VisibilitySessionContract {
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
