package io.teahouse.web;

import java.time.Duration;
import java.util.Set;

/**
 * How the web door speaks.
 *
 * @param origins of other sites' pages that may connect, such as {@code https://example.org}, in lower case; {@code *}:
 *     all
 * @param pingInterval of pings to WebSockets
 * @param headTimeout how long a connection may take for its first request
 * @param idleTimeout how long a connection for pages may be idle
 */
public record WebSettings(Set<String> origins, Duration pingInterval, Duration headTimeout, Duration idleTimeout) {}
