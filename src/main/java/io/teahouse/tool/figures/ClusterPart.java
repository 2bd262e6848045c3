package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What it costs that the members of rooms are on several nodes: the same load on one node, on two and on three. */
final class ClusterPart implements Part {
    private static final int MOST_NODES = 3;
    private static final int ROOM = 20;
    private static final String PER_CPU = "deliveries per CPU s";
    private static final String PER_MESSAGE = "CPU us per message";
    private static final String P99 = "p99 us";
    /** Sizes of one room whose members are on all nodes. */
    private static final List<Integer> LARGE = List.of(100, 300);

    private static final int SENDERS = 10;
    private static final int WINDOW = 16;
    private static final Must SHARE = Must.atLeast(0.7);
    private static final Must ON_TOP = Must.atMost(50);
    private static final Must ON_THE_WIRE = Must.atMost(120);
    private static final String CALM = " members, deliveries per CPU s";
    private static final String BUSY = " members, CPU us per message when busy";
    private static final String BYTES = " members, bytes per message and node";

    /** All nodes and the clients share the cores: a late heartbeat is no loss of a node. */
    private static final String LATE_HEARTBEATS = "akka.cluster.failure-detector.acceptable-heartbeat-pause=10s";

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
            for (int nodes = 1; nodes <= most(bench); nodes++) {
                measure(bench, nodes, postgres.settings(database(nodes)), values);
            }
        }
    }

    private static int most(Bench bench) {
        return bench.plan().rounds() > 1 ? MOST_NODES : 2;
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
                settings.addAll(List.of("teahouse.cluster.enabled=on", "teahouse.cluster.port=0", LATE_HEARTBEATS));
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
                if (count == 1 || count == most(bench)) {
                    for (int members : LARGE) {
                        measureOneRoom(bench, nodes, door, members, values);
                    }
                }
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

    /** One message at a time, whose publication crosses the network alone, and as many as there can be. */
    private static void measureOneRoom(Bench bench, List<Teahouse.Running> nodes, Door door, int members, Values values)
            throws IOException, InterruptedException {
        String count = Integer.toString(nodes.size());
        Map<String, Object> options = bench.options(Contender.IRC);
        double warm = bench.plan().seconds() / 4;
        double seconds = bench.plan().seconds();
        options.putAll(Map.of("members", members, "senders", 1, "window", 1, "warm", warm, "secs", seconds));
        Generator.Reading calm = bench.generator().run("fanout", door, options).get(0);
        values.add(members + CALM, count, 1e6 / calm.get("server_cpu_s_per_Mdeliv"));

        List<Integer> ports = nodes.stream().map(node -> node.port("cluster")).toList();
        options.putAll(Map.of("senders", SENDERS, "window", WINDOW));
        OptionalLong before = WireBytes.sent(ports);
        Generator.Reading busy = bench.generator().run("fanout", door, options).get(0);
        OptionalLong after = WireBytes.sent(ports);
        values.add(members + BUSY, count, busy.get("server_cpu_s_per_Mdeliv") * (members - 1));
        if (nodes.size() > 1 && before.isPresent() && after.isPresent()) {
            double messages = busy.get("msgs_per_s") * (warm + seconds);
            double bytes = after.getAsLong() - before.getAsLong();
            values.add(members + BYTES, count, bytes / messages / (nodes.size() - 1));
        }
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
        return pictures.add("cluster", "Cost of a cluster", plot.bars()) + "\n" + table + "\n"
                + oneRoomTable(values, counts.get(counts.size() - 1));
    }

    /** Compares one node with this number of nodes. */
    private static String oneRoomTable(Values values, String most) {
        StringBuilder table = new StringBuilder("| one room, 1 and " + most
                + " nodes | deliveries per CPU second, one message at a time | of one node's "
                + "| CPU, µs per message, 10 senders | on top of one node, µs | bytes per message and remote node |\n");
        table.append("| --- | --- | --- | --- | --- | --- |\n");
        List<Integer> sizes = LARGE.stream()
                .filter(members -> values.find(members + CALM, most).isPresent())
                .toList();
        for (int members : sizes) {
            Samples calm = values.find(members + CALM, most).orElseThrow();
            Samples calmOne = values.find(members + CALM, "1").orElseThrow();
            Samples busy = values.find(members + BUSY, most).orElseThrow();
            Samples busyOne = values.find(members + BUSY, "1").orElseThrow();
            double share = calm.median() / calmOne.median();
            double more = busy.median() - busyOne.median();
            table.append("| M=").append(members);
            table.append(" | ").append(Numbers.text(calmOne)).append("; ").append(Numbers.text(calm));
            String shareText = Numbers.text(share);
            table.append(" | ").append(members < 300 ? shareText : SHARE.judge(shareText, share));
            table.append(" | ").append(Numbers.text(busyOne)).append("; ").append(Numbers.text(busy));
            table.append(" | ").append(ON_TOP.judge(Numbers.text(more), more));
            table.append(" | ")
                    .append(values.find(members + BYTES, most)
                            .map(bytes -> ON_THE_WIRE.judge(Numbers.text(bytes), bytes.median()))
                            .orElse("–"));
            table.append(" |\n");
        }
        return sizes.isEmpty() ? "" : table.toString();
    }
}
