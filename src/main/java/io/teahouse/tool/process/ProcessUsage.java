package io.teahouse.tool.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU and memory of some processes together. Every reading is NaN if there are none; memory also where there is no {@code /proc}. */
public record ProcessUsage(List<Long> pids) {
    private static final double KIB_PER_MIB = 1024;
    private static final double NANOS_PER_SECOND = 1e9;

    /** User and system time of all processes. */
    public double cpuSeconds() {
        return sum(pid -> ProcessHandle.of(pid).map(ProcessUsage::cpuSeconds).orElse(0.0));
    }

    /** User and system time of one process; NaN where the system does not tell. */
    public static double cpuSeconds(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / NANOS_PER_SECOND)
                .orElse(Double.NaN);
    }

    /** Resident memory, shared pages counted in full. */
    public double rssMib() {
        return sum(pid -> kib(pid, "status", "VmRSS:")) / KIB_PER_MIB;
    }

    /** Resident memory, shared pages counted in proportion; readable for one's own processes only. */
    public double pssMib() {
        return pssKib() / KIB_PER_MIB;
    }

    /** The same in KiB. */
    public double pssKib() {
        return sum(pid -> kib(pid, "smaps_rollup", "Pss:"));
    }

    private double sum(PidReading reading) {
        double sum = pids.isEmpty() ? Double.NaN : 0;
        for (long pid : pids) {
            sum += reading.of(pid);
        }
        return sum;
    }

    private static double kib(long pid, String file, String key) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), file))) {
                if (line.startsWith(key)) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return Double.NaN; // not Linux, another user's process, or it has ended
        }
        return Double.NaN;
    }

    private interface PidReading {
        double of(long pid);
    }
}
