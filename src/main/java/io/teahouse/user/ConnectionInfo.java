package io.teahouse.user;

import io.teahouse.room.Profile;
import io.teahouse.room.support.IdGenerator;
import java.time.Instant;

/**
 * One connection of a user. Only the user and operators of the server may see it.
 *
 * @param id no other connection ever has the same
 * @param number tells it from the user's other connections; it stays the same, and is not used again while the user is there
 * @param door by which it came, see {@link UserActor.Newcomer#door}
 * @param address where it comes from, as {@link io.teahouse.room.support.Address#canonical(java.net.InetAddress)} has it
 * @param secure whether it is encrypted, or does not leave the machine
 * @param since when its user was first seen on it
 * @param activeAt when the user last said something on it, in milliseconds since 1970
 */
public record ConnectionInfo(
        long id, int number, String door, String address, boolean secure, Instant since, long activeAt) {
    /** A connection that has just said who it is. */
    static ConnectionInfo of(UserActor.Newcomer newcomer, int number) {
        Instant now = Instant.now();
        return new ConnectionInfo(
                IdGenerator.process().next(),
                number,
                newcomer.door(),
                address(newcomer.profile()),
                newcomer.secure(),
                now,
                now.toEpochMilli());
    }

    /** The real address, from a profile that has it; else the host. */
    static String address(Profile profile) {
        return profile.address().isEmpty() ? profile.host() : profile.address();
    }

    /** The same, last active at another time. */
    ConnectionInfo withActiveAt(long millis) {
        return new ConnectionInfo(id, number, door, address, secure, since, millis);
    }
}
