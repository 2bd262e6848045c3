package io.teahouse.room;

import java.time.Instant;
import java.util.Map;

/**
 * What outlives the members of a room that is registered.
 *
 * @param founder the account that it belongs to
 * @param created when it was
 * @param modes how it is set
 * @param metadata what programs note about it
 * @param past what has no higher seq was said before those who registered it were there
 */
public record RegisteredState(
        String founder, Instant created, Modes.Snapshot modes, Map<String, String> metadata, long past) {
    /** Of a room that was registered before anything was said in it. */
    public RegisteredState(String founder, Instant created, Modes.Snapshot modes, Map<String, String> metadata) {
        this(founder, created, modes, metadata, 0);
    }
}
