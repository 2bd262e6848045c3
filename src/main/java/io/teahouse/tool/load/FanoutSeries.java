package io.teahouse.tool.load;

import java.io.IOException;
import java.util.List;

/**
 * One load after another by the same members, who join only once: in a large room, that takes longer than the loads.
 *
 * @param plans with the same members
 */
record FanoutSeries(List<FanoutPlan> plans) implements Scenario {
    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public int run(RunContext run) throws IOException {
        double registered = new FanoutScenario(plans.get(0)).register(run);
        int lost = 0;
        for (int i = 0; i < plans.size(); i++) {
            if (i > 0) {
                run.report().startNext();
            }
            lost = new FanoutScenario(plans.get(i)).load(run, registered);
        }
        return lost;
    }
}
