package io.teahouse.tool.load;

import java.io.IOException;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Connects and registers the clients, some at a time, and measures how long that takes. */
final class Registration {
    private static final long STEP = RunClock.SECOND / 10;

    private Registration() {}

    /**
     * Registers {@code count} clients or fails.
     *
     * @param roomOf the room of each client
     * @param small which clients get a small receive buffer
     * @return the seconds it took
     */
    static double run(Clients clients, EventLoop loop, int count, IntUnaryOperator roomOf, IntPredicate small)
            throws IOException {
        long start = clients.now();
        int next = 0;
        while (next < count || clients.openingCount() > 0) {
            while (next < count && clients.openingCount() < clients.target().concurrency()) {
                clients.open(roomOf.applyAsInt(next), small.test(next));
                next++;
            }
            loop.runOnce(clients.now() + STEP);
            if (clients.now() - start > clients.target().registerNanos()) {
                throw LoadFailure.tooLate("only " + (next - clients.openingCount() - clients.lostCount()) + " of "
                        + count + " clients registered within --reg-timeout (" + clients.lostCount() + " lost)");
            }
        }
        if (clients.lostCount() > 0) {
            throw LoadFailure.clientsLost(clients.lostCount() + " of " + count + " clients could not register");
        }
        return RunClock.seconds(clients.now() - start);
    }
}
