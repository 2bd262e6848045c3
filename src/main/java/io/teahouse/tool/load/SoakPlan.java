package io.teahouse.tool.load;

import java.nio.file.Path;
import java.util.List;

/**
 * What a soak does.
 *
 * @param settings of the server, each {@code teahouse.name=value}
 * @param java options of the server's JVM
 * @param rate messages per second per client; 0: {@code share} of the highest rate, which is found first
 * @param leaves clients that leave, and are replaced, per second
 * @param interval nanoseconds between two readings
 * @param intervals the first one is the warm-up
 * @param patience nanoseconds for the server's start, for all clients to join, and for everything to arrive in the end
 */
record SoakPlan(
        Path jar,
        List<String> settings,
        List<String> java,
        int clients,
        int roomSize,
        double rate,
        double share,
        double p99LimitMillis,
        double leaves,
        long interval,
        int intervals,
        long patience,
        Allowance allowance) {
    /** How much more there may be at the end than after the warm-up: MiB of live heap and of other memory, threads, and open files. */
    record Allowance(double heapMib, double nativeMib, int threads, int files) {}

    int rooms() {
        return clients / roomSize;
    }
}
