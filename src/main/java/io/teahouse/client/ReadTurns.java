package io.teahouse.client;

import java.util.ArrayDeque;

/**
 * How many clients read what was said at a time, all together: what was read waits in memory until its client has dealt with
 * it. One more waits for its turn; who came first is first. Thread-safe.
 */
public final class ReadTurns {
    /** One client's turn, which it has, or waits for. */
    final class Turn {
        private final Runnable begin;
        private boolean ended;

        private Turn(Runnable begin) {
            this.begin = begin;
        }

        /** The next one has it. Nothing, if it has ended. */
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

    /** @param most at a time */
    public ReadTurns(int most) {
        this.most = most;
    }

    /**
     * Has {@code begin} called once, before this returns or later from any thread; never, if it ends before.
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
