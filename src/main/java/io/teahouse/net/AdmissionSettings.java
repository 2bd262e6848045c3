package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.util.List;

/**
 * The limits on connections at all doors together, and the budgets that they share.
 *
 * @param maxConnections at a time
 * @param maxConnectionsPerAddress at a time, from one address
 * @param maxConnectionsPerNetwork at a time, from all addresses with a common prefix, see {@link Admission}
 * @param classes of addresses with other limits; the first one that matches an address counts
 * @param pace how fast one address may connect; each connection costs a point
 * @param work how much work one address may cause, see {@link io.teahouse.client.Request#work}
 * @param sendQueuesBytes how much may wait to be written to all connections together
 * @param inputBytes how much input of all connections together may wait to be processed
 * @param reads how many clients may read history at a time
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
        int reads) {}
