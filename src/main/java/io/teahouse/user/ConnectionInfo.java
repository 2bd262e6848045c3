package io.teahouse.user;

import io.teahouse.room.IdGenerator;
import io.teahouse.room.Profile;
import java.time.Instant;

/**
 * One connection of a user. Only the user and operators of the server may see it.
 *
 * @param id no other connection ever has the same
 * @param address where it comes from, as {@link io.teahouse.room.Address#canonical(java.net.InetAddress)} has it
 * @param secure whether it is encrypted, or does not leave the machine
 * @param since when its user was first seen on it
 */
public record ConnectionInfo(String id, String address, boolean secure, Instant since) {
    /** A connection that has just said who it is. */
    static ConnectionInfo of(UserActor.Newcomer newcomer) {
        return new ConnectionInfo(
                IdGenerator.process().nextText(), address(newcomer.profile()), newcomer.secure(), Instant.now());
    }

    /** The real address, from a profile that has it; else the host. */
    static String address(Profile profile) {
        return profile.address().isEmpty() ? profile.host() : profile.address();
    }
}
