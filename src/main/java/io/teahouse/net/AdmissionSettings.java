package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.util.List;

/**
 * Who may connect, at whatever door, and what all connections share.
 *
 * @param maxConnections at a time
 * @param maxConnectionsPerAddress at a time, from one address
 * @param maxConnectionsPerNetwork at a time, from all addresses that begin alike
 * @param classes whose limits are others; the first one that holds for an address counts
 * @param pace how fast one address may connect; each connection costs a point
 * @param work how much work one address may ask for, see {@link io.teahouse.client.Request#work}
 * @param sendQueuesBytes what may wait to be written to all connections together
 * @param inputBytes what may wait to be dealt with, of all connections together
 * @param reads how many clients may read what was said at a time
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
