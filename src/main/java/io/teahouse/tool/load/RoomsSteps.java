package io.teahouse.tool.load;

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
            measurement.of(traffic);
        }
        measurement.drain(traffic, plan.timing().drain());
        return new RoomsStep(rate, plan, traffic, measurement);
    }
}
