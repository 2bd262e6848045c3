package io.teahouse.room;

import java.time.Instant;

/**
 * Lets one user into one room, once: in spite of {@code +i}, of its limit, and of the bans that were set before it.
 *
 * @param user who was asked in, by {@link Profile#identity}: another user who takes the name is not
 * @param by who asked them in, by identity
 */
public record Invitation(String user, String by, Instant at) {}
