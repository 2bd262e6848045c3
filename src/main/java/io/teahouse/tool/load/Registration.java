package io.teahouse.tool.load;

import java.io.IOException;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Brings a crowd in: connects and registers its clients, some at a time, and says how long that took. */
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
    static double run(Crowd crowd, Pump pump, int count, IntUnaryOperator roomOf, IntPredicate small)
            throws IOException {
        long start = crowd.now();
        int next = 0;
        while (next < count || crowd.opening() > 0) {
            while (next < count && crowd.opening() < crowd.target().concurrency()) {
                crowd.open(roomOf.applyAsInt(next), small.test(next));
                next++;
            }
            pump.round(crowd.now() + STEP);
            if (crowd.now() - start > crowd.target().registerNanos()) {
                throw LoadFailure.tooLate("only " + (next - crowd.opening() - crowd.lost()) + " of " + count
                        + " clients registered within --reg-timeout (" + crowd.lost() + " lost)");
            }
        }
        if (crowd.lost() > 0) {
            throw LoadFailure.clientsLost(crowd.lost() + " of " + count + " clients could not register");
        }
        return RunClock.seconds(crowd.now() - start);
    }
}
