package io.teahouse.client;

import io.teahouse.room.Profile;
import java.net.InetSocketAddress;

/**
 * The other end of a connection.
 *
 * @param secure whether nobody between can read along
 */
public record Peer(InetSocketAddress address, boolean secure) {
    /** How somebody is called of whom no more is known. */
    private static final String NOBODY = "guest";

    /** What others may know of it before it says anything. */
    Profile profile() {
        return new Profile(NOBODY, address.getAddress().getHostAddress(), "", "", "", false);
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
