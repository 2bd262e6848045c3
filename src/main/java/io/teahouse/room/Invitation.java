package io.teahouse.room;

import java.time.Instant;

/**
 * Lets one user into one room, once: in spite of {@code +i}, of its limit, and of the bans that were set before it.
 *
 * @param user who was invited, whatever their nick
 * @param by the inviter
 */
public record Invitation(UserId user, UserId by, Instant at) {}
