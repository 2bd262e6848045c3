package io.teahouse.tool.load;

import java.io.IOException;
import java.util.Optional;

/**
 * Searches the highest rate that a server keeps up with: climbs by a factor of 1.4, then bisects three times. Pure, apart
 * from the trials.
 *
 * @param <S> the result of a trial
 */
final class RateSearch<S> {
    /** Tries one rate after the other. */
    interface Trial<S> {
        /** The result of that rate; empty if the server did not keep up. */
        Optional<S> at(double rate) throws IOException;

        /** True when there is nothing left to be tried. */
        boolean isOver();
    }

    private static final double CLIMB = 1.4;
    private static final int CLIMBS = 20;
    private static final int BISECTIONS = 3;
    private static final double LOWEST = .01;

    private final Trial<S> trial;
    private Optional<S> best = Optional.empty();
    private double highest;
    private double failing;

    RateSearch(Trial<S> trial) {
        this.trial = trial;
    }

    void from(double first) throws IOException {
        double rate = first;
        for (int i = 0; i < CLIMBS && failing == 0 && !trial.isOver(); i++) {
            if (passes(rate)) {
                rate *= CLIMB;
            } else if (best.isPresent() || rate < LOWEST) {
                failing = rate;
            } else {
                rate /= 2;
            }
        }
        for (int i = 0; i < BISECTIONS && failing > 0 && best.isPresent() && !trial.isOver(); i++) {
            double between = Math.sqrt(highest * failing);
            if (!passes(between)) {
                failing = between;
            }
        }
    }

    private boolean passes(double rate) throws IOException {
        Optional<S> passed = trial.at(rate);
        if (passed.isPresent()) {
            best = passed;
            highest = rate;
        }
        return passed.isPresent();
    }

    /** The result of the highest rate that passed. */
    Optional<S> best() {
        return best;
    }

    /** The lowest rate that failed after one had passed, or at which the search was given up; 0 if there is none. */
    double failing() {
        return failing;
    }
}
