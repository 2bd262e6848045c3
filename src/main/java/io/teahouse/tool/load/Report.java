package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a run, in the order in which they were added. */
final class Report {
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Map<String, String>> earlier = new ArrayList<>();

    /** Begins the figures of a further load, which are printed apart. Texts stay as they are. */
    void startNext() {
        earlier.add(new LinkedHashMap<>(rows));
        rows.values().removeIf(value -> !value.startsWith("\""));
    }

    void text(String key, String value) {
        rows.put(key, '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    void count(String key, long value) {
        rows.put(key, Long.toString(value));
    }

    /** A figure with {@code decimals} decimals; NaN stands for one that cannot be measured on this machine or in this call. */
    void number(String key, double value, int decimals) {
        if (Double.isNaN(value)) {
            missing.add(key);
        } else {
            rows.put(key, String.format(Locale.ROOT, "%." + decimals + "f", value));
        }
    }

    void latency(Histogram latency) {
        number("lat_p50_us", latency.quantile(.50) / 1e3, 0);
        number("lat_p90_us", latency.quantile(.90) / 1e3, 0);
        number("lat_p99_us", latency.quantile(.99) / 1e3, 0);
        number("lat_p999_us", latency.quantile(.999) / 1e3, 0);
        number("lat_max_us", latency.max() / 1e3, 0);
    }

    /** CPU between two readings, and what {@code server} holds in memory now. */
    void cpu(CpuReading from, CpuReading to, long deliveries, ProcessUsage server) {
        CpuReading used = to.minus(from);
        number("server_cpu_cores", used.server() / used.seconds(), 2);
        number("server_cpu_s_per_Mdeliv", deliveries == 0 ? 0 : used.server() * 1e6 / deliveries, 3);
        number("generator_cpu_cores", used.generator() / used.seconds(), 2);
        number("other_cpu_cores", Math.max(0, used.other() / used.seconds()), 2);
        number("server_rss_mib", server.rssMib(), 1);
        number("server_pss_mib", server.pssMib(), 1);
    }

    void print(PrintWriter out, boolean json) {
        earlier.forEach(each -> print(each, out, json));
        print(rows, out, json);
        out.flush();
    }

    private static void print(Map<String, String> rows, PrintWriter out, boolean json) {
        if (json) {
            out.println(rows.entrySet().stream()
                    .map(row -> '"' + row.getKey() + "\":" + row.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
        } else {
            rows.forEach((key, value) -> out.printf(Locale.ROOT, "  %-26s %s%n", key, value));
        }
    }

    /** The names of the figures that were NaN and are left out. */
    List<String> missing() {
        return missing;
    }
}
