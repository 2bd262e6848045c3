package io.teahouse.tool.load;

/** The result of one rate: the traffic, and the readings around it. */
record RateResult(double rate, RoomsPlan plan, RoomsTraffic traffic, Measurement measurement) {
    private static final double NEARLY_ALL = .98;

    double offered() {
        return traffic.offeredDeliveries() / seconds();
    }

    double achieved() {
        return (traffic.deliveredInWindow() - traffic.ownInWindow()) / seconds();
    }

    double p99Millis() {
        return traffic.latency().quantile(.99) / 1e6;
    }

    /** Whether the server keeps up: all arrived, nearly all of it in time, and fast enough. Without any delivery, it cannot be told. */
    boolean passes(double p99LimitMillis) {
        return achieved() > 0
                && traffic.missing() == 0
                && achieved() >= NEARLY_ALL * offered()
                && p99Millis() < p99LimitMillis;
    }

    void report(RunContext run) {
        Report report = run.report();
        report.count("clients", plan.clients());
        report.count("room_size", plan.roomSize());
        report.count("bytes", run.clients().target().bytes());
        report.number("rate_per_client", rate, 3);
        report.number("offered_deliveries_per_s", offered(), 0);
        report.number("deliveries_per_s", achieved(), 0);
        report.latency(traffic.latency());
        measurement.reportCpu(traffic.deliveredInWindow());
        measurement.reportBatching();
        report.number("generator_late_max_us", traffic.maxLateness() / 1e3, 0);
        report.count("own_copies", traffic.ownInWindow());
        report.count("undelivered", traffic.missing());
        report.count("clients_lost", run.clients().lostCount());
    }

    private double seconds() {
        return RunClock.seconds(plan.timing().measured());
    }
}
