package io.teahouse.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whose turn it is among the lines of one connection: the next one goes when nothing that it might overtake is out, and
 * when the flood guard lets it. Belongs to one {@link ClientActor}.
 */
final class Turns {
    /** The most bytes of messages without receipt; then no further one is read. Rooms and the store hold them. */
    private static final int MOST_UNDER_WAY = 128 * 1024;

    private final Input input;
    private final Dialect dialect;
    private final FloodGuard flood;
    private final Allowance allowance;
    private final int messagesUnderWay;
    private final LongSupplier clock;
    private final PendingWork work;

    /** Read, but its turn has not come. */
    private Optional<Request> held = Optional.empty();

    /** About how many bytes of messages wait for their receipt, of how many messages. */
    private int bytesUnderWay;

    private int underWay;

    private boolean slowed;

    /**
     * Nothing has come yet.
     *
     * @param clock in nanoseconds; does not jump
     * @param work wakes the client after a while
     */
    Turns(
            ReadWindow window,
            Dialect dialect,
            ClientSettings settings,
            Allowance allowance,
            LongSupplier clock,
            PendingWork work) {
        this.input = new Input(window);
        this.dialect = dialect;
        this.clock = clock;
        this.allowance = allowance;
        this.flood = new FloodGuard(settings.flood(), clock.getAsLong());
        this.messagesUnderWay = settings.messagesUnderWay();
        this.work = work;
    }

    Input input() {
        return input;
    }

    /** True when the client sends so much faster than it may that it is to be cut off. */
    boolean isExcess() {
        return flood.isExcess(input.waiting());
    }

    /** True when all that was sent has been done, and no more will come. */
    boolean isOver() {
        return held.isEmpty() && input.isExhausted();
    }

    /**
     * About how many bytes wait for their receipt.
     *
     * @param outstanding how many effects of earlier requests have not been seen yet
     */
    int bytesUnderWay(int outstanding) {
        if (outstanding < underWay) { // which of them, is not known
            bytesUnderWay = (int) ((long) bytesUnderWay * outstanding / underWay);
        }
        underWay = outstanding;
        return bytesUnderWay;
    }

    /**
     * The request whose turn it is, if there is one.
     *
     * @param outstanding how many effects of earlier requests have not been seen yet
     * @param session as it will be run with
     */
    Optional<Request> next(int outstanding, Session session) {
        if (slowed) {
            return Optional.empty();
        }
        if (held.isEmpty()) {
            held = input.next(dialect);
        }
        Optional<Request> next = held.filter(request -> mayGo(request, outstanding, session));
        if (next.isPresent()) {
            held = Optional.empty();
            if (next.get().isPipelined()) {
                bytesUnderWay = bytesUnderWay(outstanding) + input.lastLine();
            }
        }
        return next;
    }

    private boolean mayGo(Request request, int outstanding, Session session) {
        if (outstanding > 0
                && (!request.isPipelined()
                        || outstanding >= messagesUnderWay
                        || bytesUnderWay(outstanding) > MOST_UNDER_WAY)) {
            return false;
        }
        Duration wait = charge(request, session);
        if (!wait.isZero()) {
            slowed = true;
            work.after(wait, () -> slowed = false);
        }
        return wait.isZero();
    }

    /** Takes nothing unless both have it: the points of this connection, and those of its address. */
    private Duration charge(Request request, Session session) {
        long now = clock.getAsLong();
        Duration wait = flood.delay(request.cost(), now);
        int work = wait.isZero() ? request.work(session) : 0;
        if (work > 0) {
            wait = allowance.charge(work, now);
        }
        if (wait.isZero()) {
            flood.take(request.cost());
        }
        return wait;
    }
}
