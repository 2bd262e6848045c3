package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rooms of 20: latency and CPU at a given rate, and the highest rate that a server keeps up with. */
final class RoomsPart implements Part {
    private static final int ROOM = 20;
    private static final String P50 = "p50 us";
    private static final String P99 = "p99 us";
    private static final String P999 = "p99.9 us";
    private static final String CPU = "cpu us per delivery";
    private static final String MOST = "highest deliveries per s";
    private static final double TO_MILLIS = 1e-3;
    private static final double TO_THOUSANDS = 1e-3;

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        Map<Contender, RunningServer> servers = bench.contenders();
        bench.inTurn("rooms of 20, one message per second each", servers.keySet(), which -> {
            Map<String, Object> options = options(bench, which);
            options.put("rate", 1.0);
            Generator.Reading reading = one(bench, which, options);
            values.add(P50, which.name(), reading.get("lat_p50_us"));
            values.add(P99, which.name(), reading.get("lat_p99_us"));
            values.add(P999, which.name(), reading.get("lat_p999_us"));
            values.add(CPU, which.name(), reading.get("server_cpu_s_per_Mdeliv"));
        });
        bench.inTurn("rooms of 20, highest rate", bench.some(), which -> {
            Map<String, Object> options = options(bench, which);
            options.putAll(Map.of(
                    "rate",
                    which == Contender.LIMIT ? 8.0 : 1.5,
                    "p99-limit",
                    50,
                    "warm",
                    bench.plan().seconds() / 8,
                    "drain",
                    1.0,
                    "secs",
                    bench.plan().seconds() / 2));
            values.add(MOST, which.name(), one(bench, which, options).get("max_deliveries_per_s"));
        });
    }

    private static Map<String, Object> options(Bench bench, Contender which) {
        Map<String, Object> options = bench.options(which);
        options.putAll(Map.of("clients", bench.plan().inRooms(), "room-size", ROOM));
        return options;
    }

    private static Generator.Reading one(Bench bench, Contender which, Map<String, Object> options)
            throws IOException, InterruptedException {
        return bench.generator().run("rooms", bench.door(which), options).get(0);
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        String irc = new Comparison(values, Contender.OF_IRC)
                .row("p50, ms", P50, TO_MILLIS)
                .ownRow("p99, ms", P99, TO_MILLIS, Must.atMost(5))
                .row("p99.9, ms", P999, TO_MILLIS)
                .row("CPU, µs per delivery", CPU, 1)
                .row("highest rate, thousand deliveries/s", MOST, TO_THOUSANDS, Must.atLeast(1.2))
                .text();
        String plain = new Comparison(values, Contender.OF_PLAIN)
                .row("p50, ms", P50, TO_MILLIS)
                .row("p99, ms", P99, TO_MILLIS)
                .row("p99.9, ms", P999, TO_MILLIS)
                .row("CPU, µs per delivery", CPU, 1)
                .row("highest rate, thousand deliveries/s", MOST, TO_THOUSANDS, Must.atLeast(0.2))
                .text();
        return pictures.add("rooms-latency", "Latency in rooms of 20", latency(values))
                + pictures.add("rooms-rate", "Highest rate in rooms of 20", highest(values))
                + "\n" + irc + "\n" + plain;
    }

    private static String latency(Values values) {
        List<Plot.Series> series = new ArrayList<>();
        for (Contender each : Contender.values()) {
            List<Optional<Samples>> found = List.of(P50, P99, P999).stream()
                    .map(figure -> values.find(figure, each.name()).map(samples -> samples.times(TO_MILLIS)))
                    .toList();
            if (found.get(0).isPresent()) {
                series.add(Plot.Series.of(each, found));
            }
        }
        return new Plot(
                        "Latency in rooms of 20, one message per second each, ms",
                        List.of("p50", "p99", "p99.9"),
                        series)
                .logarithmic()
                .lines();
    }

    private static String highest(Values values) {
        List<Plot.Series> series = new ArrayList<>();
        for (Contender each : Contender.values()) {
            values.find(MOST, each.name())
                    .ifPresent(samples ->
                            series.add(Plot.Series.of(each, List.of(Optional.of(samples.times(TO_THOUSANDS))))));
        }
        return new Plot("Thousand deliveries per second with p99 below 50 ms", List.of("rooms of 20"), series)
                .logarithmic()
                .bars();
    }
}
