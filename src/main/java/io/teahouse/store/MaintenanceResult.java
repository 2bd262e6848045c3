package io.teahouse.store;

import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@link StoreMaintenance} has done. */
public sealed interface MaintenanceResult {
    /**
     * The result of a restore.
     *
     * @param replaced the file that was replaced, under its new name; empty: there was none
     * @param epoch the store's new epoch
     */
    record Restored(Optional<Path> replaced, long epoch) implements MaintenanceResult {}

    /**
     * What was erased of an account.
     *
     * @param keys the folded names of the account: its own, and those it had before
     * @param registered whether the account existed
     * @param messages how many messages were erased
     * @param conversations how many conversations were erased
     * @param released the rooms that were registered to it
     * @param before an earlier run had erased the account
     * @param resumed an earlier run had been interrupted; this one has finished its work
     * @param copies files beside the store that may still contain its data
     */
    record Erased(
            List<String> keys,
            boolean registered,
            long messages,
            int conversations,
            List<String> released,
            boolean before,
            boolean resumed,
            List<Path> copies)
            implements MaintenanceResult {
        Erased with(List<Path> others) {
            return new Erased(keys, registered, messages, conversations, released, before, resumed, others);
        }

        /** Whether nothing of that name was found. */
        public boolean isNothing() {
            return !resumed && !registered && messages == 0 && conversations == 0 && released.isEmpty();
        }
    }

    /**
     * Expired messages that were deleted in a room.
     *
     * @param messages how many
     * @param before they were sent before this time
     */
    record Deleted(RoomName room, long messages, Instant before) implements MaintenanceResult {}
}
