package io.teahouse.tool.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one part of the run has measured: figures by name and server, with a value for each round. */
final class Values {
    private static final String SEPARATOR = " @ ";

    private final Origin origin;
    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    Values(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    void add(String figure, String server, double value) {
        all.computeIfAbsent(figure + SEPARATOR + server, key -> new ArrayList<>())
                .add(value);
    }

    /** The values of a figure; empty if that server was not measured. */
    Optional<Samples> find(String figure, String server) {
        return Optional.ofNullable(all.get(figure + SEPARATOR + server)).map(Samples::new);
    }

    /** By figure and server, as they are stored. */
    Map<String, List<Double>> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
