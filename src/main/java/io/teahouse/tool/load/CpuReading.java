package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU seconds used so far: by the server (NaN if unknown), by this process, and by the whole machine (NaN where there
 * is no {@code /proc/stat}), with the time of the reading. All in steps of 10 ms, on Linux.
 */
record CpuReading(double server, double generator, double machine, double seconds) {
    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, irq, softirq, steal: what a processor does other than wait (proc(5)). */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);
    /** The kernel's unit in /proc is 1/100 s on every platform (USER_HZ), whatever its own tick is. */
    private static final double TICKS = 100;

    static CpuReading take(ProcessUsage server, long now) {
        return new CpuReading(
                server.cpuSeconds(),
                ProcessUsage.cpuSeconds(ProcessHandle.current()),
                machineSeconds(),
                RunClock.seconds(now));
    }

    CpuReading minus(CpuReading before) {
        return new CpuReading(
                server - before.server,
                generator - before.generator,
                machine - before.machine,
                seconds - before.seconds);
    }

    /** CPU that neither the server nor this process used; includes the server's share if no server is known. */
    double other() {
        return machine - generator - (Double.isNaN(server) ? 0 : server);
    }

    private static double machineSeconds() {
        try {
            String[] ticks = Files.readAllLines(STAT).get(0).split(" +", -1);
            return BUSY.stream().mapToDouble(i -> Double.parseDouble(ticks[i])).sum() / TICKS;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
