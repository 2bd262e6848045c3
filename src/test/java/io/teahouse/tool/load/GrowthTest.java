package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.teahouse.tool.process.HeapHistogram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final SoakPlan.Allowance ALLOWANCE = new SoakPlan.Allowance(1, 2, 0, 0);
    private static final long MIB = 1024 * 1024;

    private final StringWriter out = new StringWriter();
    private final List<ServerReading> readings = new ArrayList<>();

    private void read(long mib, int threads, int sockets) {
        read(mib, 80, threads, sockets);
    }

    private void read(long mib, double nativeMib, int threads, int sockets) {
        readings.add(new ServerReading(
                readings.size() + 1,
                new HeapHistogram(mib * MIB, Map.of("[B", mib * MIB)),
                nativeMib,
                0,
                Map.of("worker-N", threads),
                Map.of("socket:", sockets)));
    }

    private String judge() {
        Violations violations = new Violations();
        PrintWriter writer = new PrintWriter(out);
        new Growth(readings, ALLOWANCE).judge(writer, violations);
        StringWriter broken = new StringWriter();
        violations.print(new PrintWriter(broken));
        return broken.toString();
    }

    @Test
    void whatStaysTheSameHasNotGrown() {
        read(50, 20, 100);
        read(51, 20, 100);
        read(51, 20, 100);
        assertThat(judge()).isEmpty();
        assertThat(out.toString())
                .contains("live heap in MiB: 50.00 after the warm-up, 51.00 at the end, slope +30.00 per hour");
    }

    @Test
    void aPeakIsNoGrowth() {
        read(50, 20, 100);
        read(50, 20, 100);
        read(80, 30, 200);
        assertThat(judge()).isEmpty();
    }

    @Test
    void aLeakOfMemoryIsNamedByItsClasses() {
        read(50, 20, 100);
        read(52, 20, 100);
        read(54, 20, 100);
        assertThat(judge()).contains("BROKEN: live heap in MiB: grew by 2.00, allowed are 1.00: [B +4096 KiB");
    }

    @Test
    void aLeakOutsideTheHeapIsFound() {
        read(50, 80, 20, 100);
        read(50, 81, 20, 100);
        assertThat(judge()).isEmpty();
        read(50, 83, 20, 100);
        read(50, 84, 20, 100);
        read(50, 85, 20, 100);
        assertThat(judge()).contains("BROKEN: native memory in MiB: grew by 3.00, allowed are 2.00: ");
    }

    @Test
    void aLeakOfThreadsIsNamed() {
        read(50, 20, 100);
        read(50, 22, 100);
        assertThat(judge()).contains("BROKEN: threads: grew by 2.00, allowed are 0.00: worker-N +2");
    }

    @Test
    void aLeakOfFilesIsNamed() {
        read(50, 20, 100);
        read(50, 20, 103);
        assertThat(judge()).contains("BROKEN: open files: grew by 3.00, allowed are 0.00: socket: +3");
    }

    @Test
    void theSlopeIsThatOfTheLineThroughAllReadings() {
        read(50, 20, 100);
        read(52, 20, 100);
        read(51, 20, 100);
        read(53, 20, 100);
        assertThat(new Growth(readings, ALLOWANCE).slope(ServerReading::heapMib))
                .isCloseTo(48, within(1e-9));
    }
}
