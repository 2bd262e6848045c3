package io.teahouse.room;

import java.time.Instant;

/**
 * What outlives the members of a room that is registered.
 *
 * @param founder the account that it belongs to
 * @param created when it was
 * @param modes how it is set
 */
public record Kept(String founder, Instant created, Modes.Snapshot modes) {}
