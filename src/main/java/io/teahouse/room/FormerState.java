package io.teahouse.room;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Port: the question "who is here?", which a room asks when it is opened. Those who held members of the room, or what it told
 * last, answer with its state; the members then rejoin by themselves. For rooms of one process {@link io.teahouse.room.local.LocalRooms} answers.
 */
@FunctionalInterface
public interface FormerState {
    /** Nobody was here before. */
    FormerState NONE = room -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Called by the room; must not block. An answer that fails, or is late, is asked for again.
     *
     * @return the newest state if the room had members who are about to rejoin; empty: it starts anew
     */
    CompletionStage<Optional<RoomState>> find(RoomName room);
}
