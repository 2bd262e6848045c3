package io.teahouse.cluster;

import akka.actor.Address;
import java.time.Duration;
import java.util.List;

/**
 * This node in its cluster.
 *
 * @param host at which the other nodes reach this one
 * @param port the same; 0: any free one
 * @param bindHost on which this node listens; usually the same as {@code host}
 * @param bindPort the same; 0: any free one
 * @param seedNodes the nodes that are asked for admission, in this order; none: this node forms a cluster of its own
 * @param isDiscovered whether the node finds the others, and joins them, by Akka's Cluster Bootstrap
 * @param drain what clients see when this node is stopped
 * @param returnWithin how long users whose node died have to reconnect before they leave their rooms
 * @param pendingBytes of the commands of this node that one room has not answered
 */
public record ClusterSettings(
        String host,
        int port,
        String bindHost,
        int bindPort,
        List<Address> seedNodes,
        boolean isDiscovered,
        DrainSettings drain,
        Duration returnWithin,
        long pendingBytes) {}
