package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.util.List;

/**
 * Who may connect, at whatever door.
 *
 * @param maxConnections at a time
 * @param maxConnectionsPerAddress at a time, from one address
 * @param classes whose limits are others; the first one that holds for an address counts
 * @param pace how fast one address may connect; each connection costs a point
 */
public record AdmissionSettings(
        int maxConnections, int maxConnectionsPerAddress, List<LimitClass> classes, FloodGuard.Rules pace) {}
