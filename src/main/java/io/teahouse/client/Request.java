package io.teahouse.client;

import java.util.function.Consumer;

/** A parsed line: created by a dialect, run by the client's actor when its turn comes. */
public interface Request {
    void run(Session session);

    /** Its cost in points of the flood guard. */
    default int cost() {
        return 1;
    }

    /**
     * Its work for the shared thread and the store, in points of {@link Allowance}: one point is about 25 lines of
     * history, or 200 users or rooms to search. 0: no more than a message.
     *
     * @param session with which it will run
     */
    default int work(Session session) {
        return 0;
    }

    /**
     * Whether it may run before the receipts of earlier messages have arrived: true for messages. Requests with an
     * answer must wait, because the answer could overtake the receipts.
     */
    default boolean isPipelined() {
        return false;
    }

    /** Whether its steps are reported to {@link Dialect#progress}. Such a request runs alone. */
    default boolean isFollowed() {
        return false;
    }

    /** A request that costs more than a message. */
    static Request costing(int cost, int work, Consumer<Session> run) {
        return new Request() {
            @Override
            public void run(Session session) {
                run.accept(session);
            }

            @Override
            public int cost() {
                return cost;
            }

            @Override
            public int work(Session session) {
                return work;
            }
        };
    }

    /** A message: its only answer is the receipt. */
    static Request message(Consumer<Session> run) {
        return new Request() {
            @Override
            public void run(Session session) {
                run.accept(session);
            }

            @Override
            public boolean isPipelined() {
                return true;
            }
        };
    }
}
