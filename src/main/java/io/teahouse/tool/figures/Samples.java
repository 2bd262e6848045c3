package io.teahouse.tool.figures;

import java.util.ArrayList;
import java.util.List;

/** The values of one figure, one for each round, in order. */
record Samples(List<Double> values) {
    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Divides by the values of another server round by round, because a disturbance of the machine affects both. */
    Samples dividedBy(Samples other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), other.values.size()); i++) {
            if (other.values.get(i) != 0) {
                ratios.add(values.get(i) / other.values.get(i));
            }
        }
        return new Samples(ratios.isEmpty() ? List.of(Double.NaN) : ratios);
    }

    Samples times(double factor) {
        return new Samples(values.stream().map(value -> value * factor).toList());
    }
}
