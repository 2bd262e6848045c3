package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the clients and the thread that disturbs the servers tell each other. Thread-safe. */
final class RunState {
    private final List<ServerInstance> servers = new ArrayList<>();
    private long receipts;
    private long longestWait;
    private int open;
    private boolean settling;
    private boolean over;

    /** A server is ready. */
    synchronized void serverReady(ServerInstance now) {
        servers.add(now);
        notifyAll();
    }

    /** A server takes no clients any more. */
    synchronized void serverGone(int number) {
        servers.removeIf(server -> server.number() == number);
    }

    /**
     * Waits for a server; empty when the run is over.
     *
     * @param client its number: clients are spread over the servers that there are
     */
    synchronized Optional<ServerInstance> awaitServer(int client) throws InterruptedException {
        while (servers.isEmpty() && !over) {
            wait();
        }
        return over ? Optional.empty() : Optional.of(servers.get(client % servers.size()));
    }

    /** A message waits for its receipt from now on. */
    synchronized void messageSent() {
        open++;
    }

    /** A message that was sent once got its receipt on the same connection. */
    synchronized void waited(long nanos) {
        longestWait = Math.max(longestWait, nanos);
    }

    /** The longest time from a message to its receipt since the last call. */
    synchronized Duration takeLongestWait() {
        Duration longest = Duration.ofNanos(longestWait);
        longestWait = 0;
        return longest;
    }

    /** A message has its receipt, or its sender gave it up. */
    synchronized void messageSettled(boolean receipt) {
        open--;
        receipts += receipt ? 1 : 0;
        notifyAll();
    }

    synchronized long receipts() {
        return receipts;
    }

    /** Waits until there are {@code wanted} receipts, at most {@code atMost}. */
    synchronized void awaitReceipts(long wanted, Duration atMost) throws InterruptedException {
        Deadline deadline = new Deadline(atMost);
        while (receipts < wanted && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }

    /** Stops new messages and waits until every message has its receipt, at most {@code atMost}. */
    synchronized void settle(Duration atMost) throws InterruptedException {
        settling = true;
        Deadline deadline = new Deadline(atMost);
        while (open > 0 && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }

    synchronized boolean isSettling() {
        return settling;
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Waits for {@code atMost}, or until the run is over. */
    synchronized void pause(Duration atMost) throws InterruptedException {
        Deadline deadline = new Deadline(atMost);
        while (!over && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }
}
