package io.teahouse.tool.load;

import java.io.IOException;

/** All clients in one room: some send as fast as the room takes it, and some may have stopped reading. */
record FanoutScenario(FanoutPlan plan) implements Scenario {
    @Override
    public String name() {
        return plan.slow() > 0 ? "slow" : "fanout";
    }

    @Override
    public int run(RunContext run) throws IOException {
        return load(run, register(run));
    }

    /** Has all members join; returns the seconds it took. */
    double register(RunContext run) throws IOException {
        double registered = Registration.run(run.clients(), run.loop(), plan.members(), client -> 0, plan::isSlow);
        JoinProbe.run(run.clients(), run.loop());
        return registered;
    }

    /** Puts the load on the server, with members that have joined. */
    int load(RunContext run, double registered) throws IOException {
        Clients clients = run.clients();
        SlowReaderMonitor monitor =
                new SlowReaderMonitor(run, clients.all().subList(plan.senders(), plan.senders() + plan.slow()));
        Measurement measurement = new Measurement(run);
        FanoutTraffic traffic = new FanoutTraffic(clients, plan, clients.now());
        clients.setTraffic(traffic);
        traffic.start();
        measure(run, traffic, measurement, monitor);
        drain(run, traffic);
        return report(run, traffic, measurement, monitor, registered);
    }

    private static void measure(
            RunContext run, FanoutTraffic traffic, Measurement measurement, SlowReaderMonitor monitor)
            throws IOException {
        for (long now = run.clients().now();
                now < traffic.window().end();
                now = run.clients().now()) {
            if (!measurement.hasBegun() && now >= traffic.window().begin()) {
                measurement.begin();
            }
            monitor.check(now);
            long until = measurement.hasBegun()
                    ? traffic.window().end()
                    : traffic.window().begin();
            run.loop().runOnce(Math.min(until, monitor.nextCheck()));
        }
        measurement.end();
        monitor.stop();
    }

    private void drain(RunContext run, FanoutTraffic traffic) throws IOException {
        traffic.stop();
        long limit = run.clients().now() + plan.timing().drain();
        while (traffic.missing() > 0 && run.clients().now() < limit) {
            run.loop().runOnce(limit);
        }
    }

    private int report(
            RunContext run,
            FanoutTraffic traffic,
            Measurement measurement,
            SlowReaderMonitor monitor,
            double registered) {
        Report report = run.report();
        double seconds = RunClock.seconds(plan.timing().measured());
        int lost = (int) run.clients().all().stream()
                .filter(client -> client.isLost() && !client.connection().isSilent())
                .count();
        report.count("members", plan.members());
        report.count("senders", plan.senders());
        report.count("window", plan.window());
        report.count("bytes", run.clients().target().bytes());
        report.number("seconds", measurement.seconds(), 2);
        report.number("msgs_per_s", traffic.completedInWindow() / seconds, 0);
        report.number("deliveries_per_s", traffic.deliveredInWindow() / seconds, 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.deliveredInWindow());
        measurement.reportReadRate();
        measurement.reportBatching();
        report.count("own_copies", traffic.ownInWindow());
        report.count("undelivered", traffic.missing());
        report.count("clients_lost", lost);
        report.number("register_s", registered, 2);
        report.number("observer_max_gap_ms", traffic.longestGap() / 1e6, 1);
        if (plan.slow() > 0) {
            monitor.report(traffic.quitSeen());
        }
        return lost;
    }
}
