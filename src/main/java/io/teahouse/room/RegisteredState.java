package io.teahouse.room;

import java.time.Instant;
import java.util.Map;

/**
 * The settings of a registered room, which outlive its members. They are stored with the log.
 *
 * @param founder the account that it belongs to
 * @param created when its first member joined
 * @param modes flags, key, limit, lists and invitations
 * @param metadata values by their keys
 * @param past the seq of the last message from before the session in which it was registered
 */
public record RegisteredState(
        String founder, Instant created, Modes.Snapshot modes, Map<String, String> metadata, long past) {
    /** The state of a room that was registered before its first message. */
    public RegisteredState(String founder, Instant created, Modes.Snapshot modes, Map<String, String> metadata) {
        this(founder, created, modes, metadata, 0);
    }
}
