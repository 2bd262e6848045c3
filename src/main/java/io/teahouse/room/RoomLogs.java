package io.teahouse.room;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Port: gives each room its log. Called by the directory, from its thread; must not block. */
public interface RoomLogs {
    /** The log of that room; every call returns a log with the same content. */
    RoomLog of(RoomName room);

    /**
     * Moves the history of a room to another name; logs that were returned earlier stay usable. Idempotent. A stage
     * that fails means that the outcome is unknown.
     *
     * @param to may be another spelling of the same name
     * @return {@link RoomLog.Outcome#STORED}; or {@link RoomLog.Outcome#NOT_STORED}: the name is taken, and nothing has
     *     changed
     */
    CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to);

    /** The keys of all rooms that belong to that account. */
    default CompletionStage<Set<String>> registered(String account) {
        return CompletableFuture.completedFuture(Set.of());
    }

    /** An empty room was closed; its in-memory data may be dropped. */
    void putAway(RoomName room);
}
