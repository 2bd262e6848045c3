package io.teahouse.tool.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table with a column for each server, and one for the ratio of the first to each of the others. */
final class Comparison {
    private final Values values;
    private final List<Contender> servers;
    private final List<String> rows = new ArrayList<>();

    /** @param candidates those that were not measured are left out; the first one is ours */
    Comparison(Values values, List<Contender> candidates) {
        this.values = values;
        servers = candidates.stream()
                .filter(each -> values.all().keySet().stream().anyMatch(key -> key.endsWith("@ " + each.name())))
                .toList();
    }

    /** A row without targets. */
    Comparison row(String title, String figure, double factor) {
        return row(title, figure, factor, Optional.empty(), Optional.empty());
    }

    /** A row with a target for the ratio to the reference. */
    Comparison row(String title, String figure, double factor, Must ratio) {
        return row(title, figure, factor, Optional.of(ratio), Optional.empty());
    }

    /** A row with a target for our own figure. */
    Comparison ownRow(String title, String figure, double factor, Must own) {
        return row(title, figure, factor, Optional.empty(), Optional.of(own));
    }

    /**
     * Adds a row.
     *
     * @param factor from the unit of the figure to that of the row
     */
    private Comparison row(String title, String figure, double factor, Optional<Must> ratio, Optional<Must> own) {
        if (servers.isEmpty()) {
            return this;
        }
        Optional<Samples> ours = find(figure, servers.get(0), factor);
        List<String> cells = new ArrayList<>(List.of(title));
        for (Contender each : servers) {
            Optional<Samples> found = find(figure, each, factor);
            String text = found.map(Numbers::text).orElse(Numbers.text(Double.NaN));
            cells.add(
                    each == servers.get(0) && own.isPresent() && found.isPresent()
                            ? own.get().judge(text, found.get().median())
                            : text);
        }
        for (Contender each : servers.subList(1, servers.size())) {
            Optional<Samples> of = find(figure, each, factor).flatMap(other -> ours.map(mine -> mine.dividedBy(other)));
            String text = of.map(Numbers::text).orElse(Numbers.text(Double.NaN));
            cells.add(
                    each.isReference() && ratio.isPresent() && of.isPresent()
                            ? ratio.get().judge(text, of.get().median())
                            : text);
        }
        rows.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    private Optional<Samples> find(String figure, Contender server, double factor) {
        return values.find(figure, server.name()).map(samples -> samples.times(factor));
    }

    String text() {
        if (servers.isEmpty()) {
            return "";
        }
        String titles = servers.stream().map(Contender::title).collect(Collectors.joining(" | "));
        String ratios = servers.stream()
                .skip(1)
                .map(each -> " | ratio to " + each.title())
                .collect(Collectors.joining());
        String line = "| --- ".repeat(2 * servers.size()) + "|\n";
        return "| | " + titles + ratios + " |\n" + line + String.join("\n", rows) + "\n";
    }
}
