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
