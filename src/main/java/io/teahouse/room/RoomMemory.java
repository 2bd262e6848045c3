package io.teahouse.room;

/**
 * What all rooms together may keep in memory beside their logs.
 *
 * @param repeats for what was said under clients' ids, see {@link RepeatLimits}
 * @param lists for masks, and what is noted about rooms
 */
public record RoomMemory(RoomBudget repeats, RoomBudget lists) {
    /** Limited by what each room may keep. */
    public static RoomMemory unlimited() {
        return new RoomMemory(RoomBudget.unlimited(), RoomBudget.unlimited());
    }
}
