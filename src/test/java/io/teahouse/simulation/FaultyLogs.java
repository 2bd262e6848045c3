package io.teahouse.simulation;

import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The logs of a simulation with one room. */
record FaultyLogs(FaultyLog log) implements RoomLogs {
    @Override
    public RoomLog of(RoomName room) {
        return log;
    }

    @Override
    public CompletionStage<RoomLog.Outcome> rename(RoomName from, RoomName to) {
        return CompletableFuture.completedFuture(RoomLog.Outcome.NOT_STORED);
    }

    @Override
    public void putAway(RoomName room) {}
}
