package io.teahouse.tool.load;

import java.net.InetSocketAddress;

/**
 * The server, and how a run uses it.
 *
 * @param sources how many loopback addresses the clients come from, because one has too few ports
 * @param concurrency clients registering at the same time
 * @param bytes text bytes per message
 * @param registerNanos timeout of the registration of all clients
 * @param deadlineNanos timeout of the whole run
 */
record Target(
        InetSocketAddress server,
        Dialect dialect,
        int sources,
        int concurrency,
        int bytes,
        long registerNanos,
        long deadlineNanos) {
    /** The same, with clients that all receive their own messages. */
    Target withReceipts() {
        return new Target(server, dialect.withReceipts(), sources, concurrency, bytes, registerNanos, deadlineNanos);
    }
}
