package io.teahouse.room;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Port: gives each room its log. Called by the directory, from its thread; must not block. */
public interface RoomLogs {
    /** The log of that room: the same contents however often it is asked for. */
    RoomLog of(RoomName room);

    /**
     * What is kept under one name is kept under the other from now on; a log that was handed out before goes on. Asked
     * once more after it was done, it is done. A stage that fails means that it is not known whether it was done.
     *
     * @param to may be another spelling of the same name
     * @return {@link RoomLog.Outcome#STORED}; or {@link RoomLog.Outcome#NOT_STORED}: there is something under that name
     *     already, and nothing has changed
     */
    CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to);

    /** The keys of all rooms that belong to that account. */
    default CompletionStage<Set<String>> registered(String account) {
        return CompletableFuture.completedFuture(Set.of());
    }

    /** The room was empty for so long that it has been put away; what is only in memory may go too. */
    void putAway(RoomName room);
}
