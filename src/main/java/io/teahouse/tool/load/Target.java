package io.teahouse.tool.load;

import java.net.InetSocketAddress;

/**
 * The server, and how a run goes at it.
 *
 * @param sources how many loopback addresses the clients come from, for the ports of one are soon used up
 * @param concurrency clients registering at the same time
 * @param bytes text bytes per message
 * @param registerNanos patience with the registration of all clients
 * @param deadlineNanos patience with the whole run
 */
record Target(
        InetSocketAddress server,
        Dialect dialect,
        int sources,
        int concurrency,
        int bytes,
        long registerNanos,
        long deadlineNanos) {
    /** The same, with clients who are all told what they said themselves. */
    Target withReceipts() {
        return new Target(server, dialect.withReceipts(), sources, concurrency, bytes, registerNanos, deadlineNanos);
    }
}
