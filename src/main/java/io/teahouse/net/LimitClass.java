package io.teahouse.net;

import java.net.InetAddress;
import java.util.List;

/**
 * Limits of their own for those who come from certain addresses: a gateway, a bouncer, the operator's own machines.
 *
 * @param networks from where
 * @param maxConnectionsPerAddress at a time, from one address
 * @param flood whether the flood guard and the pace of connecting hold for them
 */
public record LimitClass(List<Network> networks, int maxConnectionsPerAddress, boolean flood) {
    boolean holdsFor(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
