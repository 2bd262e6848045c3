package io.teahouse.room;

import java.time.Instant;
import java.util.Map;

/**
 * The state that a room needs, beside its log, to continue after a failure. Observers keep the newest one and return it
 * when the room is reopened, see {@link FormerState}. Plain values.
 *
 * @param generation of the log that the room had opened
 * @param version numbers the states that the room has published in that generation
 * @param created when its first member joined
 * @param founder the account that it belongs to, or empty; the log takes precedence
 * @param session see {@link RoomLog}; {@link RoomLog#FOR_ALL}: none yet
 * @param past see {@link Room#past}
 * @param modes flags, key, limit, lists and invitations
 * @param metadata values by their keys
 * @param ranks of the members who hold any
 * @param members how many there are
 */
public record RoomState(
        long generation,
        long version,
        Instant created,
        String founder,
        long session,
        long past,
        Modes.Snapshot modes,
        Map<String, String> metadata,
        Map<UserId, Ranks> ranks,
        int members) {
    /** The state of a room that had no member yet. */
    public static final RoomState NEW =
            new RoomState(0, 0, Instant.EPOCH, "", RoomLog.FOR_ALL, 0, Modes.Snapshot.NONE, Map.of(), Map.of(), 0);
}
