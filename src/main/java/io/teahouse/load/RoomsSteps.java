package io.teahouse.load;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs the open loop at one rate after another, with the same clients. */
final class RoomsSteps {
    private static final long LEAD = 10_000_000L;
    private static final int KINDS = 'z' - 'a' + 1;

    private final Run run;
    private final RoomsPlan plan;
    private final int[] order;
    private int steps;

    RoomsSteps(Run run, RoomsPlan plan) {
        this.run = run;
        this.plan = plan;
        List<Integer> turns = IntStream.range(0, plan.clients()).boxed().collect(Collectors.toList());
        // In the order of their numbers, whole rooms would speak at the same time.
        Collections.shuffle(turns);
        order = turns.stream().mapToInt(Integer::intValue).toArray();
    }

    RoomsStep run(double rate) throws IOException {
        Crowd crowd = run.crowd();
        double gap = RunClock.SECOND / rate / plan.clients();
        char kind = (char) ('a' + steps++ % KINDS);
        long start = crowd.now() + LEAD;
        RoomsTraffic traffic = new RoomsTraffic(crowd, plan, order, kind, start, gap);
        Measurement measurement = new Measurement(run);
        crowd.carry(traffic);
        try (Metronome metronome = new Metronome(crowd, start, gap)) {
            metronome.begin();
            measure(traffic, measurement);
        }
        long limit = crowd.now() + plan.timing().drain();
        while (traffic.missing() > 0 && crowd.now() < limit && crowd.lost() == 0) {
            run.pump().round(limit);
        }
        return new RoomsStep(rate, plan, traffic, measurement);
    }

    private void measure(RoomsTraffic traffic, Measurement measurement) throws IOException {
        Crowd crowd = run.crowd();
        for (long now = crowd.now(); now < traffic.end() && crowd.lost() == 0; now = crowd.now()) {
            long next = traffic.send(now);
            if (!measurement.hasBegun() && now >= traffic.begin()) {
                measurement.begin();
            }
            run.pump().round(Math.min(next, measurement.hasBegun() ? traffic.end() : traffic.begin()));
        }
        measurement.end();
    }
}
