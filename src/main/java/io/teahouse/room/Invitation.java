package io.teahouse.room;

import java.time.Instant;

/**
 * Lets one user into one room, once: in spite of {@code +i}, of its limit, and of the bans that were set before it.
 *
 * @param user who was invited, by {@link Profile#identity}: not another user who takes the name
 * @param by the inviter, by identity
 */
public record Invitation(String user, String by, Instant at) {}
