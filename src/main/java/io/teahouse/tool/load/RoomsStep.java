package io.teahouse.tool.load;

/** What came of one rate: the traffic and the readings around it. */
record RoomsStep(double rate, RoomsPlan plan, RoomsTraffic traffic, Measurement measurement) {
    private static final double NEARLY_ALL = .98;

    double offered() {
        return traffic.offeredDeliveries() / seconds();
    }

    double achieved() {
        return (traffic.windowDelivered() - traffic.windowOwn()) / seconds();
    }

    double p99Millis() {
        return traffic.latency().quantile(.99) / 1e6;
    }

    /** Whether the server keeps up: all arrived, nearly all of it in time, and fast enough. Where nothing came, who knows? */
    boolean passes(double p99LimitMillis) {
        return achieved() > 0
                && traffic.missing() == 0
                && achieved() >= NEARLY_ALL * offered()
                && p99Millis() < p99LimitMillis;
    }

    void report(Run run) {
        Report report = run.report();
        report.count("clients", plan.clients());
        report.count("room_size", plan.roomSize());
        report.count("bytes", run.crowd().target().bytes());
        report.number("rate_per_client", rate, 3);
        report.number("offered_deliveries_per_s", offered(), 0);
        report.number("deliveries_per_s", achieved(), 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.windowDelivered());
        measurement.reportBatching();
        report.number("generator_late_max_us", traffic.latest() / 1e3, 0);
        report.count("own_copies", traffic.windowOwn());
        report.count("undelivered", traffic.missing());
        report.count("clients_lost", run.crowd().lost());
    }

    private double seconds() {
        return RunClock.seconds(plan.timing().measured());
    }
}
