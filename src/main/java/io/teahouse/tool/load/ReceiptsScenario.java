package io.teahouse.tool.load;

import java.io.IOException;

/** Measures how many messages a server accepts, and how soon their receipts come. */
record ReceiptsScenario(ReceiptsPlan plan) implements Scenario {
    private static final long LEAD = 10_000_000L;

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public int run(RunContext run) throws IOException {
        measure(run);
        return run.clients().lostCount();
    }

    /** Returns the traffic; the figures are in the report. */
    ReceiptsTraffic measure(RunContext run) throws IOException {
        Clients clients = run.clients();
        double registered = Registration.run(clients, run.loop(), plan.clients(), plan::roomOf, client -> false);
        JoinProbe.run(clients, run.loop());
        long start = clients.now() + LEAD;
        ReceiptsTraffic traffic = new ReceiptsTraffic(clients, plan, start);
        Measurement measurement = new Measurement(run);
        clients.setTraffic(traffic);
        if (plan.isOpen()) {
            try (WakeupTimer timer = new WakeupTimer(clients, start, plan.gap())) {
                timer.begin();
                measurement.run(traffic);
            }
        } else {
            measurement.run(traffic);
        }
        traffic.stop();
        measurement.drain(traffic, plan.timing().drain());
        report(run, traffic, measurement);
        run.report().number("register_s", registered, 2);
        return traffic;
    }

    private void report(RunContext run, ReceiptsTraffic traffic, Measurement measurement) {
        Report report = run.report();
        report.count("clients", plan.clients());
        report.count("rooms", plan.rooms());
        if (plan.isOpen()) {
            report.number("rate_per_client", plan.rate(), 3);
        } else {
            report.count("window", plan.window());
        }
        report.count("bytes", run.clients().target().bytes());
        double seconds = RunClock.seconds(plan.timing().measured());
        report.number("receipts_per_s", traffic.receivedInWindow() / seconds, 0);
        report.number("deliveries_per_s", traffic.deliveredInWindow() / seconds, 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.deliveredInWindow());
        measurement.reportBatching();
        report.number("generator_late_max_us", traffic.maxLateness() / 1e3, 0);
        report.count("without_receipt", traffic.missing());
        report.count("clients_lost", run.clients().lostCount());
    }
}
