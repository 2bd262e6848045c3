package io.teahouse.room;

import java.time.Instant;

/**
 * Admits one user to one room once, in spite of {@code +i}, the member limit, and bans that were set earlier.
 *
 * @param user the invited user
 * @param by the inviter
 */
public record Invitation(UserId user, UserId by, Instant at) {}
