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
    public int run(RunContext run) throws IOException {
        double registered = Registration.run(run.clients(), run.loop(), plan.clients(), plan::roomOf, client -> false);
        JoinProbe.run(run.clients(), run.loop());
        if (p99LimitMillis > 0) {
            report(run, search(run, plan, p99LimitMillis));
        } else {
            new RateRunner(run, plan).run(plan.rate()).report(run);
        }
        run.report().number("register_s", registered, 2);
        return run.clients().lostCount();
    }

    /** Searches the highest rate from the plan's on, with clients that are in their rooms. */
    static RateSearch<RateResult> search(RunContext run, RoomsPlan plan, double p99LimitMillis) throws IOException {
        RateRunner runner = new RateRunner(run, plan);
        RateSearch<RateResult> search = new RateSearch<>(new RateSearch.Trial<>() {
            @Override
            public Optional<RateResult> at(double rate) throws IOException {
                return Optional.of(runner.run(rate)).filter(result -> !isOver() && result.passes(p99LimitMillis));
            }

            @Override
            public boolean isOver() {
                return run.clients().lostCount() > 0;
            }
        });
        search.from(plan.rate());
        return search;
    }

    private void report(RunContext run, RateSearch<RateResult> search) {
        Report report = run.report();
        Optional<RateResult> best = search.best();
        report.number("p99_limit_ms", p99LimitMillis, 0);
        report.number("max_rate_per_client", best.map(RateResult::rate).orElse(0.0), 3);
        report.number("max_deliveries_per_s", best.map(RateResult::achieved).orElse(0.0), 0);
        report.number("p99_at_max_ms", best.map(RateResult::p99Millis).orElse(0.0), 2);
        report.number("first_failing_rate", search.failing(), 3);
        report.count("clients_lost", run.clients().lostCount());
    }
}
