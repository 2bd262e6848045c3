package io.teahouse.tool.load;

import java.io.IOException;

/** How many messages a server takes in, and how soon it says so. */
record ReceiptsScenario(ReceiptsPlan plan) implements Scenario {
    private static final long LEAD = 10_000_000L;

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public int run(Run run) throws IOException {
        measure(run);
        return run.crowd().lost();
    }

    /** Returns what the clients met; the figures are in the report. */
    ReceiptsTraffic measure(Run run) throws IOException {
        Crowd crowd = run.crowd();
        double registered = Registration.run(crowd, run.pump(), plan.clients(), plan::roomOf, client -> false);
        Probe.run(crowd, run.pump());
        long start = crowd.now() + LEAD;
        ReceiptsTraffic traffic = new ReceiptsTraffic(crowd, plan, start);
        Measurement measurement = new Measurement(run);
        crowd.carry(traffic);
        if (plan.isOpen()) {
            try (Metronome metronome = new Metronome(crowd, start, plan.gap())) {
                metronome.begin();
                measurement.of(traffic);
            }
        } else {
            measurement.of(traffic);
        }
        traffic.stop();
        measurement.drain(traffic, plan.timing().drain());
        report(run, traffic, measurement);
        run.report().number("register_s", registered, 2);
        return traffic;
    }

    private void report(Run run, ReceiptsTraffic traffic, Measurement measurement) {
        Report report = run.report();
        report.count("clients", plan.clients());
        report.count("rooms", plan.rooms());
        if (plan.isOpen()) {
            report.number("rate_per_client", plan.rate(), 3);
        } else {
            report.count("window", plan.window());
        }
        report.count("bytes", run.crowd().target().bytes());
        double seconds = RunClock.seconds(plan.timing().measured());
        report.number("receipts_per_s", traffic.windowReceived() / seconds, 0);
        report.number("deliveries_per_s", traffic.windowDelivered() / seconds, 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.windowDelivered());
        measurement.reportBatching();
        report.number("generator_late_max_us", traffic.latest() / 1e3, 0);
        report.count("without_receipt", traffic.missing());
        report.count("clients_lost", run.crowd().lost());
    }
}
