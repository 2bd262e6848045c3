package io.teahouse.client;

import io.teahouse.account.Cloak;
import io.teahouse.room.Profile;
import io.teahouse.room.support.Address;
import java.net.InetSocketAddress;

/**
 * The other end of a connection.
 *
 * @param secure whether nobody between can read along
 * @param door the name of the door by which it came, for lines that people read, such as {@code irc}
 */
public record Peer(InetSocketAddress address, boolean secure, String door) {
    /** How somebody is called of whom no more is known. */
    private static final String NOBODY = "guest";

    /**
     * What is known of it before it says anything.
     *
     * @param cloak what others see in place of the address
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
