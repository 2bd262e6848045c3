package io.teahouse.tool.load;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The server, and how a run uses it.
 *
 * @param servers its addresses, one for each node; the clients take them in turn
 * @param sources how many loopback addresses the clients come from, because one has too few ports
 * @param concurrency clients registering at the same time
 * @param bytes text bytes per message
 * @param registerNanos timeout of the registration of all clients
 * @param deadlineNanos timeout of the whole run
 */
record Target(
        List<InetSocketAddress> servers,
        Dialect dialect,
        int sources,
        int concurrency,
        int bytes,
        long registerNanos,
        long deadlineNanos) {
    /** The same, with clients that all receive their own messages. */
    Target withReceipts() {
        return new Target(servers, dialect.withReceipts(), sources, concurrency, bytes, registerNanos, deadlineNanos);
    }
}
