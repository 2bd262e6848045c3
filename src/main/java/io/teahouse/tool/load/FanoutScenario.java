package io.teahouse.tool.load;

import java.io.IOException;

/** Everybody in one room, some of them sending as fast as the room takes it; and perhaps some that do not read. */
record FanoutScenario(FanoutPlan plan) implements Scenario {
    @Override
    public String name() {
        return plan.slow() > 0 ? "slow" : "fanout";
    }

    @Override
    public int run(Run run) throws IOException {
        Crowd crowd = run.crowd();
        double registered = Registration.run(crowd, run.pump(), plan.members(), client -> 0, plan::isSlow);
        Probe.run(crowd, run.pump());
        SlowWatch watch = new SlowWatch(run, crowd.clients().subList(plan.senders(), plan.senders() + plan.slow()));
        Measurement measurement = new Measurement(run);
        long begin = crowd.now() + plan.timing().warm();
        FanoutTraffic traffic =
                new FanoutTraffic(crowd, plan, begin, begin + plan.timing().measured());
        crowd.carry(traffic);
        traffic.start();
        measure(run, traffic, measurement, watch);
        drain(run, traffic);
        return report(run, traffic, measurement, watch, registered);
    }

    private static void measure(Run run, FanoutTraffic traffic, Measurement measurement, SlowWatch watch)
            throws IOException {
        for (long now = run.crowd().now();
                now < traffic.end();
                now = run.crowd().now()) {
            if (!measurement.hasBegun() && now >= traffic.begin()) {
                measurement.begin();
            }
            watch.look(now);
            long until = measurement.hasBegun() ? traffic.end() : traffic.begin();
            run.pump().round(Math.min(until, watch.nextLook()));
        }
        measurement.end();
        watch.stop();
    }

    private void drain(Run run, FanoutTraffic traffic) throws IOException {
        traffic.stop();
        long limit = run.crowd().now() + plan.timing().drain();
        while (traffic.missing() > 0 && run.crowd().now() < limit) {
            run.pump().round(limit);
        }
    }

    private int report(Run run, FanoutTraffic traffic, Measurement measurement, SlowWatch watch, double registered) {
        Report report = run.report();
        double seconds = RunClock.seconds(plan.timing().measured());
        int lost = (int) run.crowd().clients().stream()
                .filter(client -> client.isLost() && !client.connection().isSilent())
                .count();
        report.count("members", plan.members());
        report.count("senders", plan.senders());
        report.count("window", plan.window());
        report.count("bytes", run.crowd().target().bytes());
        report.number("seconds", measurement.seconds(), 2);
        report.number("msgs_per_s", traffic.windowCompleted() / seconds, 0);
        report.number("deliveries_per_s", traffic.windowDelivered() / seconds, 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.windowDelivered());
        measurement.reportReadRate();
        measurement.reportBatching();
        report.count("own_copies", traffic.windowOwn());
        report.count("undelivered", traffic.missing());
        report.count("clients_lost", lost);
        report.number("register_s", registered, 2);
        report.number("observer_max_gap_ms", traffic.longestGap() / 1e6, 1);
        if (plan.slow() > 0) {
            watch.report(traffic.quitSeen());
        }
        return lost;
    }
}
