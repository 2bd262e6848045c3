package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One room: how long a message takes to all members, and how many deliveries there are at most. */
final class FanoutPart implements Part {
    private static final String P50 = " p50 us";
    private static final String P99 = " p99 us";
    private static final String P999 = " p99.9 us";
    private static final String CPU = " cpu us per delivery at rest";
    private static final String RATE = " deliveries per s";
    private static final String BUSY_CPU = " cpu us per delivery";
    private static final double TO_MILLIS = 1e-3;
    private static final double TO_MILLIONS = 1e-6;
    private static final int SENDERS = 10;
    /** Messages in flight for each sender, in rooms up to this size. */
    private static final Map<Integer, Integer> WINDOWS = new TreeMap<>(Map.of(100, 16, 1000, 8, Integer.MAX_VALUE, 4));
    /** Ratios to InspIRCd: p50 and p99 at most, deliveries at least. */
    private static final Must IRC_LATENCY = Must.atMost(1.3);

    private static final Map<Integer, Must> IRC_RATES =
            Map.of(100, Must.atLeast(2.5), 1000, Must.atLeast(4), 4000, Must.atLeast(2.5));
    /** Ratios to limit.c. */
    private static final Must PLAIN_CPU = Must.atMost(1.6);

    private static final Map<Integer, Must> PLAIN_RATES =
            Map.of(100, Must.atLeast(0.7), 1000, Must.atLeast(0.9), 4000, Must.atLeast(1));

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        Map<Contender, RunningServer> servers = bench.contenders();
        for (int members : bench.plan().members()) {
            int window = WINDOWS.entrySet().stream()
                    .filter(each -> members <= each.getKey())
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            bench.inTurn("a room of " + members, servers.keySet(), which -> {
                Map<String, Object> options = bench.options(which);
                options.putAll(Map.of("members", members, "senders", 1, "window", 1, "then", SENDERS + "x" + window));
                List<Generator.Reading> readings = bench.generator().run("fanout", bench.door(which), options);
                Generator.Reading calm = readings.get(0);
                Generator.Reading busy = readings.get(1);
                values.add(members + P50, which.name(), calm.get("lat_p50_us"));
                values.add(members + P99, which.name(), calm.get("lat_p99_us"));
                values.add(members + P999, which.name(), calm.get("lat_p999_us"));
                values.add(members + CPU, which.name(), calm.get("server_cpu_s_per_Mdeliv"));
                values.add(members + RATE, which.name(), busy.get("deliveries_per_s"));
                values.add(members + BUSY_CPU, which.name(), busy.get("server_cpu_s_per_Mdeliv"));
            });
        }
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        List<Integer> sizes = values.all().keySet().stream()
                .filter(key -> key.contains(RATE))
                .map(key -> Integer.valueOf(key.substring(0, key.indexOf(' '))))
                .distinct()
                .sorted()
                .toList();
        Comparison irc = new Comparison(values, Contender.OF_IRC);
        Comparison plain = new Comparison(values, Contender.OF_PLAIN);
        for (int size : sizes) {
            String calm = "M=" + size + ", one message at a time, ";
            String busy = "M=" + size + ", " + SENDERS + " senders, ";
            irc.row(calm + "p50, ms", size + P50, TO_MILLIS, IRC_LATENCY)
                    .row(calm + "p99, ms", size + P99, TO_MILLIS, IRC_LATENCY)
                    .row(calm + "p99.9, ms", size + P999, TO_MILLIS);
            plain.row(calm + "p50, ms", size + P50, TO_MILLIS)
                    .row(calm + "p99, ms", size + P99, TO_MILLIS)
                    .row(calm + "p99.9, ms", size + P999, TO_MILLIS)
                    .row(calm + "CPU, µs per delivery", size + CPU, 1, PLAIN_CPU);
            add(irc, busy + "million deliveries/s", size + RATE, Optional.ofNullable(IRC_RATES.get(size)));
            add(plain, busy + "million deliveries/s", size + RATE, Optional.ofNullable(PLAIN_RATES.get(size)));
            irc.row(busy + "CPU, µs per delivery", size + BUSY_CPU, 1);
            plain.row(busy + "CPU, µs per delivery", size + BUSY_CPU, 1);
        }
        return pictures.add(
                        "fan-out-deliveries",
                        "Deliveries per second",
                        plot(values, sizes, RATE, TO_MILLIONS, "Million deliveries per second, 10 senders"))
                + pictures.add(
                        "fan-out-latency",
                        "Latency",
                        plot(values, sizes, P99, TO_MILLIS, "p99 of one message at a time, ms"))
                + "\n" + irc.text() + "\n" + plain.text();
    }

    private static void add(Comparison table, String title, String figure, Optional<Must> must) {
        if (must.isPresent()) {
            table.row(title, figure, TO_MILLIONS, must.get());
        } else {
            table.row(title, figure, TO_MILLIONS);
        }
    }

    private static String plot(Values values, List<Integer> sizes, String figure, double factor, String title) {
        List<Plot.Series> series = new ArrayList<>();
        for (Contender each : Contender.values()) {
            List<Optional<Samples>> found = sizes.stream()
                    .map(size -> values.find(size + figure, each.name()).map(samples -> samples.times(factor)))
                    .toList();
            if (found.stream().anyMatch(Optional::isPresent)) {
                series.add(Plot.Series.of(each, found));
            }
        }
        return new Plot(
                        title,
                        sizes.stream()
                                .map(size -> Numbers.text(size) + " members")
                                .toList(),
                        series)
                .logarithmic()
                .bars();
    }
}
