package io.teahouse.tool.load;

import java.io.IOException;

/** The readings at both ends of a measured window, with the times at which they were taken. */
final class Measurement {
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final RunContext run;
    private boolean begun;
    private CpuReading from;
    private CpuReading to;
    private long bytes;
    private long reads;

    Measurement(RunContext run) {
        this.run = run;
        from = CpuReading.take(run.server(), run.clients().now());
        to = from;
    }

    /** Runs the traffic to the end of its window, or until a client is lost, and takes both readings. */
    void run(MeasuredTraffic traffic) throws IOException {
        Clients clients = run.clients();
        for (long now = clients.now(); now < traffic.window().end() && clients.lostCount() == 0; now = clients.now()) {
            long next = traffic.send(now);
            if (!begun && now >= traffic.window().begin()) {
                begin();
            }
            run.loop()
                    .runOnce(Math.min(
                            next,
                            begun ? traffic.window().end() : traffic.window().begin()));
        }
        if (clients.lostCount() == 0) {
            traffic.send(clients.now()); // what was due in the last moment, or is late
        }
        end();
    }

    /** Waits for deliveries that are missing, at most {@code atMost} nanoseconds, or until a client is lost. */
    void drain(MeasuredTraffic traffic, long atMost) throws IOException {
        Clients clients = run.clients();
        long limit = clients.now() + atMost;
        while (traffic.missing() > 0 && clients.now() < limit && clients.lostCount() == 0) {
            run.loop().runOnce(limit);
        }
    }

    boolean hasBegun() {
        return begun;
    }

    void begin() {
        begun = true;
        from = CpuReading.take(run.server(), run.clients().now());
        bytes = run.loop().bytesRead();
        reads = run.loop().reads();
    }

    void end() {
        to = CpuReading.take(run.server(), run.clients().now());
        bytes = run.loop().bytesRead() - bytes;
        reads = run.loop().reads() - reads;
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
