package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a connection costs: registrations a second with a warm server, and memory while it is idle in a new one. */
final class ConnectionsPart implements Part {
    private static final int ROOM = 50;
    private static final String RATE = "connections per s";
    private static final String MEMORY = "KiB per idle connection";
    private static final String WEB = "WebSocket";
    private static final String TLS = "TLS";

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        bench.inTurn("connect, register, join", bench.some(), which -> {
            Generator.Reading reading = idle(bench, which, bench.door(which), 0);
            values.add(RATE, which.name(), reading.get("connects_per_s"));
        });
        bench.inTurn("idle connections", bench.plan().some(), which -> {
            Optional<RunningServer> started = bench.start(which);
            if (started.isPresent()) {
                try (RunningServer server = started.get()) {
                    Generator.Reading reading = idle(bench, which, Door.of(which.protocol(), server), 3);
                    values.add(MEMORY, which.name(), reading.get("pss_kib_per_client"));
                }
            }
        });
        bench.inTurn("idle WebSockets", List.of(Contender.IRC), which -> {
            try (Teahouse.Running server = bench.teahouse().start("web", List.of(Teahouse.IN_MEMORY))) {
                values.add(
                        MEMORY,
                        WEB,
                        idle(bench, which, Door.of("web", server), 3).get("pss_kib_per_client"));
            }
        });
        bench.inTurn("idle TLS connections", List.of(Contender.IRC), which -> {
            if (values.find(MEMORY, TLS).isEmpty()) { // once: the handshakes take half a minute
                values.add(MEMORY, TLS, TlsConnections.measure(bench));
            }
        });
    }

    private static Generator.Reading idle(Bench bench, Contender which, Door door, double settle)
            throws IOException, InterruptedException {
        Map<String, Object> options = bench.options(which);
        options.keySet().removeAll(List.of("warm", "secs", "drain"));
        options.putAll(Map.of(
                "clients",
                bench.plan().idle(),
                "rooms",
                Math.max(1, bench.plan().idle() / ROOM),
                "settle",
                settle));
        return bench.generator().run("idle", door, options).get(0);
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        String rates = new Comparison(values, Contender.OF_IRC)
                .ownRow("connections a second", RATE, 1, Must.atLeast(5000))
                .text();
        String plainRates = new Comparison(values, Contender.OF_PLAIN)
                .ownRow("connections a second", RATE, 1, Must.atLeast(5000))
                .text();
        StringBuilder table = new StringBuilder("| | KiB of memory (PSS) per idle connection |\n| --- | --- |\n");
        List<Plot.Series> series = new ArrayList<>();
        Optional<Double> irc = values.find(MEMORY, Contender.IRC.name()).map(Samples::median);
        for (Contender each : Contender.values()) {
            values.find(MEMORY, each.name()).ifPresent(samples -> {
                String text = Numbers.text(samples);
                String shown = each.isOurs() ? Must.atMost(17).judge(text, samples.median()) : text;
                table.append("| ")
                        .append(each.title())
                        .append(" | ")
                        .append(shown)
                        .append(" |\n");
                series.add(Plot.Series.of(each, List.of(Optional.of(samples))));
            });
        }
        for (String door : List.of(WEB, TLS)) {
            values.find(MEMORY, door).ifPresent(samples -> {
                String text = Numbers.text(samples);
                String shown = door.equals(WEB) && irc.isPresent()
                        ? Must.atMost(irc.get() + 3).judge(text, samples.median())
                        : text;
                table.append("| Teahouse, ")
                        .append(door)
                        .append(" | ")
                        .append(shown)
                        .append(" |\n");
                series.add(new Plot.Series(
                        "Teahouse, " + door, Contender.values().length + series.size(), List.of(Optional.of(samples))));
            });
        }
        return pictures.add(
                        "connections-memory",
                        "Memory of an idle connection",
                        new Plot("KiB of memory per idle connection", List.of("in a new server"), series).bars())
                + "\n" + rates + "\n" + plainRates + "\n" + table;
    }
}
