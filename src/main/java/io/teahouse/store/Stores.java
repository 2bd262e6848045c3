package io.teahouse.store;

import io.teahouse.room.Archive;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomLogs;

/** Opens the store that the settings name. */
public final class Stores {
    private Stores() {}

    /**
     * Opens it, and brings it up to date if it is older than this server. Takes a while; not from an actor.
     *
     * @throws StoreException with one line that says what is wrong, and with which setting
     */
    public static Store open(StoreSettings settings) throws StoreException {
        return switch (settings.kind()) {
            case MEMORY -> inMemory(settings.memoryLines());
            case SQLITE -> SqlStore.open(new SqliteDatabase(settings.path(), settings.timeout()), settings);
            case POSTGRESQL -> SqlStore.open(new PostgresDatabase(settings.url(), settings.timeout()), settings);
        };
    }

    /**
     * Nothing outlives the process.
     *
     * @param lines how many events each room keeps
     */
    public static Store inMemory(int lines) {
        MemoryRoomLogs logs = new MemoryRoomLogs(lines);
        return with(logs, logs);
    }

    /** With parts of the caller's own. */
    public static Store with(RoomLogs logs, Archive archive) {
        return new Store() {
            @Override
            public RoomLogs logs() {
                return logs;
            }

            @Override
            public Archive archive() {
                return archive;
            }

            @Override
            public void close() {}
        };
    }
}
