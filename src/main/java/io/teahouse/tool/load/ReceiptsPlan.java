package io.teahouse.tool.load;

/**
 * Clients spread evenly over rooms, each of which waits for its own lines to come back.
 *
 * @param window how many messages each keeps under way; counts where there is no {@code rate}
 * @param rate messages a second per client, whatever the server does; 0: the next goes when a receipt has come
 */
record ReceiptsPlan(int clients, int rooms, int window, double rate, Timing timing) {
    int roomOf(int client) {
        return client % rooms;
    }

    boolean isOpen() {
        return rate > 0;
    }

    /** Nanoseconds between two messages of any client, if a rate is given. */
    double gap() {
        return RunClock.SECOND / rate / clients;
    }
}
