package io.teahouse.client;

import io.teahouse.account.Cloak;
import io.teahouse.room.Profile;
import io.teahouse.room.support.Address;
import java.net.InetSocketAddress;

/**
 * The other end of a connection.
 *
 * @param secure whether the connection is encrypted all the way
 * @param door the name of its listener, for texts that users read, such as {@code irc}
 */
public record Peer(InetSocketAddress address, boolean secure, String door) {
    /** The user name of a client that has given none. */
    private static final String NOBODY = "guest";

    /**
     * The profile before the client gives any data.
     *
     * @param cloak makes the public form of the address
     */
    Profile profile(Cloak cloak) {
        String host = cloak.host(address.getAddress());
        return new Profile(NOBODY, host, "", "", "", false).withAddress(Address.canonical(address.getAddress()));
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
