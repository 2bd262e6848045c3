package io.teahouse.web;

import io.teahouse.net.Network;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the web door speaks.
 *
 * @param origins of other sites' pages that may connect, such as {@code https://example.org}, in lower case; {@code *}:
 *     all
 * @param proxies the addresses of proxies that are believed when they say whose request they pass on
 * @param standardHeader whether they say it by {@code Forwarded} instead of {@code X-Forwarded-For}
 * @param pingInterval of pings to WebSockets
 * @param headTimeout how long a connection may take for its first request
 * @param idleTimeout how long a connection for pages may be idle
 */
public record WebSettings(
        Set<String> origins,
        List<Network> proxies,
        boolean standardHeader,
        Duration pingInterval,
        Duration headTimeout,
        Duration idleTimeout) {}
