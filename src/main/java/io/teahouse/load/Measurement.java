package io.teahouse.load;

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
