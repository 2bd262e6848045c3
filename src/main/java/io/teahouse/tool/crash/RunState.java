package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.Optional;

/** What the clients and the thread that kills the servers tell each other. Thread-safe. */
final class RunState {
    private Optional<ServerInstance> server = Optional.empty();
    private long receipts;
    private int open;
    private boolean settling;
    private boolean over;

    /** A server is ready. */
    synchronized void serverReady(ServerInstance now) {
        server = Optional.of(now);
        notifyAll();
    }

    /** The server was killed. */
    synchronized void serverKilled() {
        server = Optional.empty();
    }

    /** Waits for a server; empty when the run is over. */
    synchronized Optional<ServerInstance> awaitServer() throws InterruptedException {
        while (server.isEmpty() && !over) {
            wait();
        }
        return over ? Optional.empty() : server;
    }

    /** A message waits for its receipt from now on. */
    synchronized void messageSent() {
        open++;
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
