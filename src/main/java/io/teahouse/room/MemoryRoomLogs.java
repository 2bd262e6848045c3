package io.teahouse.room;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms' logs in memory, each a ring of the newest events. */
public final class MemoryRoomLogs implements RoomLogs {
    /** How many events a room keeps where nobody says otherwise. */
    public static final int DEFAULT_CAPACITY = 1000;

    private final int capacity;
    private final Map<String, RoomLog> logs = new ConcurrentHashMap<>();

    public MemoryRoomLogs() {
        this(DEFAULT_CAPACITY);
    }

    /** @param capacity how many events each room keeps */
    public MemoryRoomLogs(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public RoomLog of(RoomName room) {
        return logs.computeIfAbsent(room.key(), key -> new MemoryRoomLog(capacity));
    }

    @Override
    public void putAway(RoomName room) {
        logs.remove(room.key());
    }
}
