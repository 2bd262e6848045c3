package io.teahouse.client;

import java.util.ArrayDeque;

/**
 * Limits how many clients read history at a time, because events stay in memory until the client has processed them.
 * The others wait for their turn, in order. Thread-safe.
 */
public final class ReadTurns {
    /** One client's turn, current or awaited. */
    final class Turn {
        private final Runnable begin;
        private boolean ended;

        private Turn(Runnable begin) {
            this.begin = begin;
        }

        /** Passes the turn to the next client. Nothing if it has ended already. */
        void end() {
            Turn next;
            synchronized (ReadTurns.this) {
                if (ended) {
                    return;
                }
                ended = true;
                if (waiting.remove(this)) {
                    return;
                }
                next = waiting.pollFirst();
                if (next == null) {
                    reading--;
                    return;
                }
            }
            next.begin.run();
        }
    }

    private final int most;
    private int reading;
    private final ArrayDeque<Turn> waiting = new ArrayDeque<>();

    /** @param most the number of clients that may read at a time */
    public ReadTurns(int most) {
        this.most = most;
    }

    /**
     * Calls {@code begin} once, before this returns or later from any thread; never, if the turn is ended before.
     *
     * @return to be ended, whether it has begun or not
     */
    Turn take(Runnable begin) {
        Turn turn = new Turn(begin);
        synchronized (this) {
            if (reading == most) {
                waiting.addLast(turn);
                return turn;
            }
            reading++;
        }
        begin.run();
        return turn;
    }
}
