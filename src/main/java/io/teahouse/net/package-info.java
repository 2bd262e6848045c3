/**
 * Connections: listeners, TLS, framing, limits, and the stream of every connection, over TCP or an application's own
 * transport ({@link io.teahouse.net.ConnectionHost}).
 *
 * <p>The server's wiring and applications call it. It must never look into a line, know a room, or let one connection
 * delay another.
 */
package io.teahouse.net;
