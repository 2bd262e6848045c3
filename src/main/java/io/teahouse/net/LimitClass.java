package io.teahouse.net;

import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * Limits for certain addresses: a gateway, a bouncer, the operator's own machines.
 *
 * @param networks the addresses
 * @param maxConnectionsPerAddress at a time, from one address
 * @param flood whether the flood guard and the limit on the rate of connects apply
 */
public record LimitClass(List<Network> networks, int maxConnectionsPerAddress, boolean flood) {
    boolean matches(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
