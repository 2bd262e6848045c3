package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What it costs that a room's members are on several nodes: the same load on one node, on two and on three. */
final class ClusterPart implements Part {
    private static final int MOST_NODES = 3;
    private static final int ROOM = 20;
    private static final String PER_CPU = "deliveries per CPU s";
    private static final String PER_MESSAGE = "CPU us per message";
    private static final String P99 = "p99 us";

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        List<String> databases = IntStream.rangeClosed(1, MOST_NODES)
                .mapToObj(ClusterPart::database)
                .toList();
        Optional<PostgresServer> started = PostgresServer.start(bench, databases);
        if (started.isEmpty()) {
            return;
        }
        try (PostgresServer postgres = started.get()) {
            for (int nodes = 1; nodes <= (bench.plan().rounds() > 1 ? MOST_NODES : 2); nodes++) {
                measure(bench, nodes, postgres.settings(database(nodes)), values);
            }
        }
    }

    private static String database(int nodes) {
        return "cluster" + nodes;
    }

    private static void measure(Bench bench, int count, List<String> store, Values values)
            throws IOException, InterruptedException {
        bench.say("a cluster of " + count);
        List<Teahouse.Running> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                List<String> settings = new ArrayList<>(store);
                settings.addAll(List.of("teahouse.cluster.enabled=on", "teahouse.cluster.port=0"));
                for (int seed = 0; seed < i; seed++) {
                    settings.add("teahouse.cluster.seed-nodes." + seed + "=127.0.0.1:"
                            + nodes.get(seed).port("cluster"));
                }
                nodes.add(bench.teahouse().start("irc", settings));
            }
            Door door = new Door(
                    "irc",
                    nodes.stream().map(Teahouse.Running::port).toList(),
                    nodes.stream().flatMap(each -> each.pids().stream()).toList());
            if (bench.plan().warm() > 0) {
                rooms(bench, door, bench.plan().warm());
            }
            for (int round = 1; round <= bench.plan().rounds() && bench.hasTimeFor(round); round++) {
                Generator.Reading reading = rooms(bench, door, bench.plan().seconds() * 1.5);
                double micros = reading.get("server_cpu_s_per_Mdeliv");
                values.add(PER_CPU, Integer.toString(count), 1e6 / micros);
                values.add(PER_MESSAGE, Integer.toString(count), micros * (ROOM - 1));
                values.add(P99, Integer.toString(count), reading.get("lat_p99_us"));
            }
        } finally {
            nodes.forEach(Teahouse.Running::kill);
        }
    }

    /** Half the load of the rooms on one server, because the nodes share two cores. */
    private static Generator.Reading rooms(Bench bench, Door door, double seconds)
            throws IOException, InterruptedException {
        Map<String, Object> options = bench.options(Contender.IRC);
        options.putAll(Map.of("clients", bench.plan().inRooms() / 2, "room-size", ROOM, "rate", 1.0, "secs", seconds));
        return bench.generator().run("rooms", door, options).get(0);
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        List<String> counts = IntStream.rangeClosed(1, MOST_NODES)
                .mapToObj(Integer::toString)
                .filter(each -> values.find(PER_CPU, each).isPresent())
                .toList();
        double one = values.find(PER_MESSAGE, "1").map(Samples::median).orElse(Double.NaN);
        StringBuilder table = new StringBuilder(
                "| nodes | deliveries per CPU second | CPU, µs per message | on top of one node, µs | p99, ms |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
        for (String count : counts) {
            Samples perMessage = values.find(PER_MESSAGE, count).orElseThrow();
            table.append("| ").append(count);
            table.append(" | ").append(Numbers.text(values.find(PER_CPU, count).orElseThrow()));
            table.append(" | ").append(Numbers.text(perMessage));
            table.append(" | ").append(count.equals("1") ? "" : Numbers.text(perMessage.median() - one));
            table.append(" | ")
                    .append(Numbers.text(values.find(P99, count).orElseThrow().times(1e-3)));
            table.append(" |\n");
        }
        Plot plot = new Plot(
                "CPU of all nodes, µs per message to a room of 20",
                counts.stream()
                        .map(each -> each + (each.equals("1") ? " node" : " nodes"))
                        .toList(),
                List.of(new Plot.Series(
                        "Teahouse",
                        0,
                        counts.stream()
                                .map(each -> values.find(PER_MESSAGE, each))
                                .toList())));
        return pictures.add("cluster", "Cost of a cluster", plot.bars()) + "\n" + table;
    }
}
