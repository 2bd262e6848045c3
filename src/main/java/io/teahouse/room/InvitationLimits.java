package io.teahouse.room;

import java.time.Duration;

/**
 * The limits of a room's invitations; of all together there are as many as a list has masks.
 *
 * @param lifetime how long one is valid
 * @param perInviter how many of one inviter may be open at a time
 */
public record InvitationLimits(Duration lifetime, int perInviter) {
    /** As the server's {@code reference.conf} has them. */
    public static final InvitationLimits DEFAULT = new InvitationLimits(Duration.ofDays(1), 20);
}
