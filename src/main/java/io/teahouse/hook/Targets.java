package io.teahouse.hook;

import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses events may be sent to: public ones, and the networks that the settings name. Otherwise a hook could reach what
 * only this machine and its network may reach. Immutable.
 *
 * @param all whether any address will do
 * @param allowed networks that are not public
 */
public record Targets(boolean all, List<Network> allowed) {
    /** Of IPv4 (RFC 6890): this host, private, shared, loopback, link-local, for protocols and tests, multicast, reserved. */
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    // Of IPv6: what contains an address of IPv4 (Teredo, 6to4), or is for protocols and documentation.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::parse)
            .toList();

    /** All public addresses of IPv6 are in it; those that contain one of IPv4 in another way (::ffff:…, 64:ff9b::…) are not. */
    private static final Network PUBLIC_VERSION_6 = Network.parse("2000::/3");

    /** Whether an event may be sent there. */
    boolean allow(InetAddress address) {
        if (all || allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        boolean unicast = address.getAddress().length == 4 || PUBLIC_VERSION_6.contains(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }
}
