package io.teahouse.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whose turn it is among the lines of one connection: the next one goes when nothing that it might overtake is out, and
 * when the flood guard lets it. Belongs to one {@link ClientActor}.
 */
final class Turns {
    /** The next line has waited long enough. */
    enum Tick {
        SLOWED_ENOUGH
    }

    private final Input input;
    private final Dialect dialect;
    private final FloodGuard flood;
    private final int messagesUnderWay;
    private final LongSupplier clock;
    private final Consumer<Duration> wakeMe;

    /** Read, but its turn has not come. */
    private Optional<Request> held = Optional.empty();

    private boolean slowed;

    /**
     * Nothing has come yet.
     *
     * @param clock in nanoseconds; does not jump
     * @param wakeMe has {@link #slowedEnough} called after a while
     */
    Turns(Intake intake, Dialect dialect, ClientSettings settings, LongSupplier clock, Consumer<Duration> wakeMe) {
        this.input = new Input(intake);
        this.dialect = dialect;
        this.clock = clock;
        this.flood = new FloodGuard(settings.flood(), clock.getAsLong());
        this.messagesUnderWay = settings.messagesUnderWay();
        this.wakeMe = wakeMe;
    }

    Input input() {
        return input;
    }

    void slowedEnough() {
        slowed = false;
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
     * The request whose turn it is, if there is one.
     *
     * @param outstanding how many effects of earlier requests have not been seen yet
     */
    Optional<Request> next(int outstanding) {
        if (slowed) {
            return Optional.empty();
        }
        if (held.isEmpty()) {
            held = input.next(dialect);
        }
        Optional<Request> next = held.filter(request -> mayGo(request, outstanding));
        if (next.isPresent()) {
            held = Optional.empty();
        }
        return next;
    }

    private boolean mayGo(Request request, int outstanding) {
        if (outstanding > 0 && (!request.isPipelined() || outstanding >= messagesUnderWay)) {
            return false;
        }
        Duration wait = flood.charge(request.cost(), clock.getAsLong());
        if (!wait.isZero()) {
            slowed = true;
            wakeMe.accept(wait);
        }
        return wait.isZero();
    }
}
