package io.teahouse.tool.crash;

import java.time.Duration;
import java.util.Optional;

/** What the clients of a run and the one who kills know of each other. For all threads. */
final class Stage {
    private Optional<Life> life = Optional.empty();
    private long receipts;
    private int open;
    private boolean settling;
    private boolean over;

    /** A server listens. */
    synchronized void up(Life now) {
        life = Optional.of(now);
        notifyAll();
    }

    /** There is none any more. */
    synchronized void down() {
        life = Optional.empty();
    }

    /** Waits for a server; there is none when the run is over. */
    synchronized Optional<Life> awaitLife() throws InterruptedException {
        while (life.isEmpty() && !over) {
            wait();
        }
        return over ? Optional.empty() : life;
    }

    /** A message is on its way. */
    synchronized void opened() {
        open++;
    }

    /** A message has its receipt, or nobody waits for it any more. */
    synchronized void settled(boolean receipt) {
        open--;
        receipts += receipt ? 1 : 0;
        notifyAll();
    }

    synchronized long receipts() {
        return receipts;
    }

    /** Waits until there are so many receipts; at most so long. */
    synchronized void awaitReceipts(long wanted, Duration most) throws InterruptedException {
        Deadline deadline = new Deadline(most);
        while (receipts < wanted && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }

    /** No new messages from now on. Waits until every message has its receipt; at most so long. */
    synchronized void settle(Duration most) throws InterruptedException {
        settling = true;
        Deadline deadline = new Deadline(most);
        while (open > 0 && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }

    synchronized boolean isSettling() {
        return settling;
    }

    synchronized void over() {
        over = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Waits a little before something is tried again. */
    synchronized void pause(Duration most) throws InterruptedException {
        Deadline deadline = new Deadline(most);
        while (!over && !deadline.isOver()) {
            wait(deadline.millis());
        }
    }
}
