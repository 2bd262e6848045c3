package io.teahouse.tool.load;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a server holds more and more. Compared are the first reading, taken after the warm-up, and the lowest of the
 * last three: a moment's peak is no growth, but a leak is in each of them.
 *
 * @param readings in order, the first one after the warm-up; at least two
 */
record Growth(List<ServerReading> readings, SoakPlan.Allowance allowance) {
    private static final int LAST = 3;
    private static final double MINUTES_PER_HOUR = 60;

    /** Prints a line for each figure, and adds a violation for each that has grown. */
    void judge(PrintWriter out, Violations violations) {
        ServerReading last = readings.get(readings.size() - 1);
        ServerReading first = readings.get(0);
        judge(
                out,
                violations,
                "live heap in MiB",
                ServerReading::heapMib,
                allowance.heapMib(),
                last.heap().grownSince(first.heap()));
        judge(
                out,
                violations,
                "native memory in MiB",
                ServerReading::nativeMib,
                allowance.nativeMib(),
                "--java=-XX:NativeMemoryTracking=summary and jcmd PID VM.native_memory show what uses it");
        judge(
                out,
                violations,
                "threads",
                ServerReading::threadCount,
                allowance.threads(),
                last.moreThan(first, ServerReading::threads));
        judge(
                out,
                violations,
                "open files",
                ServerReading::fileCount,
                allowance.files(),
                last.moreThan(first, ServerReading::files));
    }

    private void judge(
            PrintWriter out,
            Violations violations,
            String name,
            ToDoubleFunction<ServerReading> figure,
            double allowed,
            String details) {
        double first = figure.applyAsDouble(readings.get(0));
        double last = readings.stream()
                .skip(Math.max(1, readings.size() - LAST))
                .mapToDouble(figure)
                .min()
                .orElse(first);
        out.printf(
                Locale.ROOT,
                "%s: %.2f after the warm-up, %.2f at the end, slope %+.2f per hour%n",
                name,
                first,
                last,
                slope(figure));
        if (last - first > allowed) {
            violations.add(String.format(
                    Locale.ROOT, "%s: grew by %.2f, allowed are %.2f: %s", name, last - first, allowed, details));
        }
    }

    /** Of the line through all readings by least squares, per hour. */
    double slope(ToDoubleFunction<ServerReading> figure) {
        double meanX =
                readings.stream().mapToDouble(ServerReading::minutes).average().orElse(0);
        double meanY = readings.stream().mapToDouble(figure).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (ServerReading reading : readings) {
            double x = reading.minutes() - meanX;
            products += x * (figure.applyAsDouble(reading) - meanY);
            squares += x * x;
        }
        return squares == 0 ? 0 : products / squares * MINUTES_PER_HOUR;
    }
}
