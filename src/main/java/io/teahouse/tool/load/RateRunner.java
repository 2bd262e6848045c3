package io.teahouse.tool.load;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs an {@link OpenLoop} at one rate after another, with the same clients. */
final class RateRunner {
    private static final long LEAD = 10_000_000L;
    private static final int KINDS = 'z' - 'a' + 1;

    private final RunContext run;
    private final RoomsPlan plan;
    private final int[] order;
    private int runs;

    RateRunner(RunContext run, RoomsPlan plan) {
        this.run = run;
        this.plan = plan;
        List<Integer> ids = IntStream.range(0, plan.clients()).boxed().collect(Collectors.toList());
        // In the order of their numbers, whole rooms would send at the same time.
        Collections.shuffle(ids);
        order = ids.stream().mapToInt(Integer::intValue).toArray();
    }

    RateResult run(double rate) throws IOException {
        Clients clients = run.clients();
        double gap = RunClock.SECOND / rate / plan.clients();
        char kind = (char) ('a' + runs++ % KINDS);
        long start = clients.now() + LEAD;
        RoomsTraffic traffic = new RoomsTraffic(clients, plan, order, kind, start, gap);
        Measurement measurement = new Measurement(run);
        clients.setTraffic(traffic);
        try (WakeupTimer timer = new WakeupTimer(clients, start, gap)) {
            timer.begin();
            measurement.run(traffic);
        }
        measurement.drain(traffic, plan.timing().drain());
        return new RateResult(rate, plan, traffic, measurement);
    }
}
