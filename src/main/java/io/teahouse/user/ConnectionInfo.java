package io.teahouse.user;

import java.time.Instant;

/**
 * One connection of a user. Only the user and operators of the server may see it.
 *
 * @param id no other connection ever has the same
 * @param address where it comes from, as {@link io.teahouse.room.Address#canonical(java.net.InetAddress)} has it
 * @param secure whether it is encrypted, or does not leave the machine
 * @param since when its user was first seen on it
 */
public record ConnectionInfo(String id, String address, boolean secure, Instant since) {}
