package io.teahouse.tool.load;

import java.io.IOException;

/** The readings at both ends of a measured window. They are taken when the loop gets there, and say when that was. */
final class Measurement {
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final Run run;
    private boolean begun;
    private CpuReading from;
    private CpuReading to;
    private long bytes;
    private long reads;

    Measurement(Run run) {
        this.run = run;
        from = CpuReading.take(run.server(), run.crowd().now());
        to = from;
    }

    /** Carries on the traffic to its end, or until a client is lost, and reads where its window begins and ends. */
    void of(MeasuredTraffic traffic) throws IOException {
        Crowd crowd = run.crowd();
        for (long now = crowd.now(); now < traffic.end() && crowd.lost() == 0; now = crowd.now()) {
            long next = traffic.send(now);
            if (!begun && now >= traffic.begin()) {
                begin();
            }
            run.pump().round(Math.min(next, begun ? traffic.end() : traffic.begin()));
        }
        if (crowd.lost() == 0) {
            traffic.send(crowd.now()); // what was due in the last moment, or is late
        }
        end();
    }

    /** Waits for what is still to come, for so many nanoseconds at the most, or until a client is lost. */
    void drain(MeasuredTraffic traffic, long atMost) throws IOException {
        Crowd crowd = run.crowd();
        long limit = crowd.now() + atMost;
        while (traffic.missing() > 0 && crowd.now() < limit && crowd.lost() == 0) {
            run.pump().round(limit);
        }
    }

    boolean hasBegun() {
        return begun;
    }

    void begin() {
        begun = true;
        from = CpuReading.take(run.server(), run.crowd().now());
        bytes = run.pump().bytesRead();
        reads = run.pump().reads();
    }

    void end() {
        to = CpuReading.take(run.server(), run.crowd().now());
        bytes = run.pump().bytesRead() - bytes;
        reads = run.pump().reads() - reads;
    }

    double seconds() {
        return to.seconds() - from.seconds();
    }

    void reportCpu(long deliveries) {
        run.report().cpu(from, to, deliveries, run.server());
    }

    void reportReadRate() {
        run.report().number("read_mib_per_s", bytes / seconds() / BYTES_PER_MIB, 1);
    }

    void reportBatching() {
        run.report().number("bytes_per_read", reads == 0 ? 0 : (double) bytes / reads, 0);
    }
}
