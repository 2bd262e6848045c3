package io.teahouse.room;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Port: finds the last state of a room that is being opened, from those who knew the room before. Its members then
 * rejoin by themselves. For the rooms of one process {@link io.teahouse.room.local.LocalRooms} answers.
 */
@FunctionalInterface
public interface FormerState {
    /** No room was open before. */
    FormerState NONE = room -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Called by the room; must not block. The room asks again if the answer fails or is late.
     *
     * @return the newest state if the room had members who are about to rejoin; empty: it starts as a new room
     */
    CompletionStage<Optional<RoomState>> find(RoomName room);
}
