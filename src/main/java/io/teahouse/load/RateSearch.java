package io.teahouse.load;

import java.io.IOException;
import java.util.Optional;

/** Looks for the highest rate that a server keeps up with: climbs by 1.4, then halves the distance three times. */
final class RateSearch {
    private static final double CLIMB = 1.4;
    private static final int CLIMBS = 20;
    private static final int BISECTIONS = 3;
    private static final double LOWEST = .01;

    private final Run run;
    private final RoomsSteps steps;
    private final double limitMillis;
    private Optional<RoomsStep> best = Optional.empty();
    private double failing;

    RateSearch(Run run, RoomsSteps steps, double limitMillis) {
        this.run = run;
        this.steps = steps;
        this.limitMillis = limitMillis;
    }

    void from(double first) throws IOException {
        double rate = first;
        for (int i = 0; i < CLIMBS && failing == 0 && run.crowd().lost() == 0; i++) {
            if (passes(rate)) {
                rate *= CLIMB;
            } else if (best.isPresent() || rate < LOWEST) {
                failing = rate;
            } else {
                rate /= 2;
            }
        }
        for (int i = 0;
                i < BISECTIONS && failing > 0 && best.isPresent() && run.crowd().lost() == 0;
                i++) {
            double between = Math.sqrt(best.get().rate() * failing);
            if (!passes(between)) {
                failing = between;
            }
        }
    }

    private boolean passes(double rate) throws IOException {
        RoomsStep step = steps.run(rate);
        boolean passes = run.crowd().lost() == 0 && step.passes(limitMillis);
        if (passes) {
            best = Optional.of(step);
        }
        return passes;
    }

    void report() {
        Report report = run.report();
        report.number("p99_limit_ms", limitMillis, 0);
        report.number("max_rate_per_client", best.map(RoomsStep::rate).orElse(0.0), 3);
        report.number("max_deliveries_per_s", best.map(RoomsStep::achieved).orElse(0.0), 0);
        report.number("p99_at_max_ms", best.map(RoomsStep::p99Millis).orElse(0.0), 2);
        report.number("first_failing_rate", failing, 3);
        report.count("clients_lost", run.crowd().lost());
    }
}
