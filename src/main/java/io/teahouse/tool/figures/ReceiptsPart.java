package io.teahouse.tool.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a message to its receipt, by store: one message at a time, and 16 in flight in one room. */
final class ReceiptsPart implements Part {
    private static final String P50 = "one at a time p50 us";
    private static final String P99 = "one at a time p99 us";
    private static final String RATE = "16 in flight receipts per s";
    private static final int IN_FLIGHT = 16;
    private static final double TO_MILLIS = 1e-3;
    private static final double MOST_FOR_STORING = 2;

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        Store.with(bench, Store.ALL, servers -> {
            for (Map.Entry<String, Teahouse.Running> each : servers.entrySet()) {
                if (bench.plan().warm() > 0) {
                    bench.say("warming " + each.getKey());
                    receipts(bench, each.getValue(), IN_FLIGHT, bench.plan().warm() / 2);
                    receipts(bench, each.getValue(), 1, bench.plan().warm() / 2);
                }
            }
            for (int round = 1; round <= bench.plan().rounds() && bench.hasTimeFor(round); round++) {
                bench.say("receipts, round " + round);
                for (Map.Entry<String, Teahouse.Running> each : servers.entrySet()) {
                    double seconds = bench.plan().seconds();
                    Generator.Reading single = receipts(bench, each.getValue(), 1, seconds);
                    values.add(P50, each.getKey(), single.get("lat_p50_us"));
                    values.add(P99, each.getKey(), single.get("lat_p99_us"));
                    Generator.Reading many = receipts(bench, each.getValue(), IN_FLIGHT, seconds);
                    values.add(RATE, each.getKey(), many.get("receipts_per_s"));
                }
            }
        });
    }

    private static Generator.Reading receipts(Bench bench, RunningServer server, int window, double seconds)
            throws IOException, InterruptedException {
        Map<String, Object> options = bench.options(Contender.IRC);
        options.putAll(Map.of("clients", 1, "rooms", 1, "window", window, "secs", seconds));
        return bench.generator()
                .run("receipts", Door.of("irc", server), options)
                .get(0);
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        List<String> stores = Store.ALL.stream()
                .filter(each -> values.find(RATE, each).isPresent())
                .toList();
        StringBuilder table = new StringBuilder("| | " + String.join(" | ", stores) + " |\n");
        table.append("| --- ".repeat(stores.size() + 1)).append("|\n");
        double inMemory = values.find(P50, Store.MEMORY).map(Samples::median).orElse(0.0) * TO_MILLIS;
        table.append("| one message at a time, p50, ms |");
        for (String store : stores) {
            Samples samples = values.find(P50, store).orElseThrow().times(TO_MILLIS);
            String text = Numbers.text(samples);
            table.append(' ')
                    .append(
                            store.equals(Store.MEMORY)
                                    ? text
                                    : Must.atMost(inMemory + MOST_FOR_STORING).judge(text, samples.median()))
                    .append(" |");
        }
        table.append("\n| one message at a time, p99, ms |");
        stores.forEach(store -> table.append(' ')
                .append(Numbers.text(values.find(P99, store).orElseThrow().times(TO_MILLIS)))
                .append(" |"));
        table.append("\n| one room, 16 messages in flight, receipts/s |");
        for (String store : stores) {
            Samples samples = values.find(RATE, store).orElseThrow();
            table.append(' ')
                    .append(Must.atLeast(2500).judge(Numbers.text(samples), samples.median()))
                    .append(" |");
        }
        List<Plot.Series> series = new ArrayList<>();
        stores.forEach(store -> series.add(new Plot.Series(
                store, Store.ALL.indexOf(store), List.of(scaled(values, P50, store), scaled(values, P99, store)))));
        return pictures.add(
                        "receipts",
                        "Receipts by store",
                        new Plot("From a message to its receipt, one at a time, ms", List.of("p50", "p99"), series)
                                .logarithmic()
                                .bars())
                + "\n" + table + "\n";
    }

    private static Optional<Samples> scaled(Values values, String figure, String store) {
        return values.find(figure, store).map(samples -> samples.times(TO_MILLIS));
    }
}
