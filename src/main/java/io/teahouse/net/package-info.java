/**
 * Sockets and bytes: listeners, framing, limits on connections, and the one stage that every connection runs through.
 *
 * <p>The server's wiring calls it. It must never look into a line, know a room, or let one connection delay another.
 */
package io.teahouse.net;
