package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private static final double STEP = .008;

    @ParameterizedTest
    @ValueSource(doubles = {.001, .1, .5, .9, .99, .999, 1})
    void aQuantileIsThatOfTheSortedValuesWithinOneStep(double q) {
        long[] values = new Random(7)
                .doubles(20_000)
                .mapToLong(random -> (long) Math.exp(random * 25))
                .toArray();
        Histogram histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);
        Arrays.sort(values);

        double exact = values[(int) Math.ceil(q * values.length) - 1];

        assertThat(histogram.quantile(q)).isCloseTo(exact, within(exact * STEP));
        assertThat(histogram.size()).isEqualTo(values.length);
        assertThat(histogram.max()).isEqualTo(values[values.length - 1]);
    }

    @Test
    void smallValuesAreExact() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 100; i++) {
            histogram.add(i);
        }
        assertThat(histogram.quantile(.5)).isEqualTo(50);
        assertThat(histogram.quantile(.99)).isEqualTo(99);
    }

    @Test
    void theLongestDurationsHaveASlot() {
        Histogram histogram = new Histogram();
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.quantile(.5)).isCloseTo(Long.MAX_VALUE, within(Long.MAX_VALUE * STEP));
    }

    @Test
    void aNegativeDurationCountsAsZero() {
        Histogram histogram = new Histogram();
        histogram.add(-5);
        assertThat(histogram.quantile(1)).isZero();
        assertThat(histogram.size()).isOne();
    }

    @Test
    void anEmptyHistogramReturnsZero() {
        Histogram histogram = new Histogram();
        histogram.add(1000);
        histogram.clear();
        assertThat(histogram.quantile(.99)).isZero();
        assertThat(histogram.max()).isZero();
    }
}
