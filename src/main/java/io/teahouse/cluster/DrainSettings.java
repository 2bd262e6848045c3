package io.teahouse.cluster;

import java.time.Duration;

/**
 * How a node that is stopped sends its clients to the others.
 *
 * @param clientsPerSecond so many at most
 * @param within by then all are sent away
 * @param retryAfter when they should connect again
 */
public record DrainSettings(int clientsPerSecond, Duration within, Duration retryAfter) {}
