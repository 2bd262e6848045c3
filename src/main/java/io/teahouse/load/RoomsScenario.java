package io.teahouse.load;

import java.io.IOException;

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
            RateSearch search = new RateSearch(run, steps, p99LimitMillis);
            search.from(plan.rate());
            search.report();
        } else {
            steps.run(plan.rate()).report(run);
        }
        run.report().number("register_s", registered, 2);
        return run.crowd().lost();
    }
}
