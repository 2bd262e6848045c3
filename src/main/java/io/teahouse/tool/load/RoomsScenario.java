package io.teahouse.tool.load;

import java.io.IOException;
import java.util.Optional;

/**
 * Many rooms at a rate that does not depend on the server.
 *
 * @param p99LimitMillis if not zero: search the highest rate, from the plan's on, whose p99 stays below this
 */
record RoomsScenario(RoomsPlan plan, double p99LimitMillis) implements Scenario {
    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public int run(Run run) throws IOException {
        double registered = Registration.run(run.crowd(), run.pump(), plan.clients(), plan::roomOf, client -> false);
        Probe.run(run.crowd(), run.pump());
        RoomsSteps steps = new RoomsSteps(run, plan);
        if (p99LimitMillis > 0) {
            RateSearch<RoomsStep> search = new RateSearch<>(trial(run, steps));
            search.from(plan.rate());
            report(run, search);
        } else {
            steps.run(plan.rate()).report(run);
        }
        run.report().number("register_s", registered, 2);
        return run.crowd().lost();
    }

    private RateSearch.Trial<RoomsStep> trial(Run run, RoomsSteps steps) {
        return new RateSearch.Trial<>() {
            @Override
            public Optional<RoomsStep> at(double rate) throws IOException {
                return Optional.of(steps.run(rate)).filter(step -> !isOver() && step.passes(p99LimitMillis));
            }

            @Override
            public boolean isOver() {
                return run.crowd().lost() > 0;
            }
        };
    }

    private void report(Run run, RateSearch<RoomsStep> search) {
        Report report = run.report();
        Optional<RoomsStep> best = search.best();
        report.number("p99_limit_ms", p99LimitMillis, 0);
        report.number("max_rate_per_client", best.map(RoomsStep::rate).orElse(0.0), 3);
        report.number("max_deliveries_per_s", best.map(RoomsStep::achieved).orElse(0.0), 0);
        report.number("p99_at_max_ms", best.map(RoomsStep::p99Millis).orElse(0.0), 2);
        report.number("first_failing_rate", search.failing(), 3);
        report.count("clients_lost", run.crowd().lost());
    }
}
