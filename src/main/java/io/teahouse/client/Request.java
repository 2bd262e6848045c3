package io.teahouse.client;

import java.util.function.Consumer;

/** What a line asks for: made by a dialect, run by the client's actor when its turn has come. */
public interface Request {
    void run(Session session);

    /** How many points of the flood guard it costs. */
    default int cost() {
        return 1;
    }

    /**
     * How much work it is for the thread that all clients share, and for the store, in points of {@link Allowance}: one is about
     * 25 lines of history, or 200 users or rooms to look through. 0: no more than a message.
     *
     * @param session as it will be run with
     */
    default int work(Session session) {
        return 0;
    }

    /**
     * True for what may be run while the receipts of earlier messages are still out: messages. Anything that is
     * answered must wait, or its answer could overtake them.
     */
    default boolean isPipelined() {
        return false;
    }

    /** True: {@link Dialect#progress} is told how it goes. Such a request has the client for itself. */
    default boolean isFollowed() {
        return false;
    }

    /** One that costs more than a message. */
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

    /** A message: needs no answer but its receipt. */
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
