package io.teahouse.web;

import io.teahouse.net.ForwardedPeer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the web door speaks.
 *
 * @param origins of other sites' pages that may connect, such as {@code https://example.org}, {@linkplain #origin
 *     normalized}; {@code *}: all
 * @param hosts the names by which browsers may address the server, in lower case; {@code *}: any; empty: any, or if only
 *     this machine reaches it, none
 * @param embedders origins of the sites that may show one room in their own pages; {@code *}: all
 * @param isLocal whether only this machine reaches the server, or its trusted proxies
 * @param proxies which are believed when they say whose request they pass on
 * @param pingInterval of pings to WebSockets
 * @param headTimeout how long a connection may take for its first request
 * @param idleTimeout how long a connection for pages may be idle
 */
public record WebSettings(
        Set<String> origins,
        Set<String> hosts,
        Set<String> embedders,
        boolean isLocal,
        ForwardedPeer proxies,
        Duration pingInterval,
        Duration headTimeout,
        Duration idleTimeout) {
    /** The normalized form of a setting for an origin; empty: it is none. */
    public static Optional<String> origin(String text) {
        return text.equals(Origins.ALL) ? Optional.of(text) : Origins.normalized(text);
    }

    /** The same for the connections of an application, wherever they come from. */
    public WebSettings anywhere() {
        return new WebSettings(origins, hosts, embedders, false, proxies, pingInterval, headTimeout, idleTimeout);
    }
}
