package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.util.List;

/**
 * The limits on the connections of all listeners together, and the budgets that they share.
 *
 * @param maxConnections at a time
 * @param maxConnectionsPerAddress at a time, from one address
 * @param maxConnectionsPerNetwork at a time, from all addresses with a common prefix, see {@link Admission}
 * @param classes of addresses with other limits; the first one that matches an address counts
 * @param pace limits how fast one address may connect; each connection costs a point
 * @param work limits the work that one address may cause, see {@link io.teahouse.client.Request#work}
 * @param sendQueuesBytes the output of all connections together that may wait to be written
 * @param inputBytes the input of all connections together that may wait to be processed
 * @param reads the number of clients that may read history at a time
 */
public record AdmissionSettings(
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxConnectionsPerNetwork,
        List<LimitClass> classes,
        FloodGuard.Rules pace,
        FloodGuard.Rules work,
        long sendQueuesBytes,
        long inputBytes,
        int reads) {
    /** The limits of an address that none of the classes matches. */
    LimitClass everybody() {
        return new LimitClass(List.of(), maxConnectionsPerAddress, true);
    }
}
