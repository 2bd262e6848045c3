package io.teahouse.room;

import java.time.Instant;
import java.util.Map;

/**
 * What a room needs, beside its log, to go on elsewhere as it was. Whoever hears from the room keeps the newest one, and
 * hands it over when the room is opened again, see {@link FormerState}. Plain values.
 *
 * @param generation of the log that the room had opened
 * @param version counts the states that the room has told in that generation: the higher, the newer
 * @param created when its first member joined
 * @param founder the account that it belongs to, or empty; the log has the last word
 * @param session see {@link RoomLog}; {@link RoomLog#FOR_ALL}: none yet
 * @param past see {@link Room#past}
 * @param modes flags, key, limit, lists and invitations
 * @param metadata values by their keys
 * @param ranks of the members who hold any
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
        Map<UserId, Ranks> ranks) {
    /** Of a room that nobody has entered yet. */
    public static final RoomState NEW =
            new RoomState(0, 0, Instant.EPOCH, "", RoomLog.FOR_ALL, 0, Modes.Snapshot.NONE, Map.of(), Map.of());
}
