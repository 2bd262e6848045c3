package io.teahouse.tool.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static Plot plot(double... values) {
        List<Plot.Series> series = List.of(
                new Plot.Series("a < b", 0, List.of(Optional.of(new Samples(List.of(values[0]))), Optional.empty())),
                new Plot.Series(
                        "c & d", 1, List.of(Optional.of(new Samples(List.of(1.0, values[1]))), Optional.empty())));
        return new Plot("Time, ms", List.of("one", "two"), series);
    }

    @Test
    void barsStandOnTheAxis() throws Exception {
        SvgText svg = SvgText.parse(plot(4, 2).bars());
        assertThat(svg.count("rect")).isEqualTo(2 + 2); // the legend, and the values
        assertThat(svg.texts()).contains("Time, ms", "one", "two", "a < b", "c & d");
    }

    @Test
    void linesHaveADotForEachValue() throws Exception {
        assertThat(SvgText.parse(plot(4, 2).lines()).count("circle")).isEqualTo(2);
    }

    @Test
    void aLogarithmicScaleBeginsAndEndsAtATick() {
        Scale scale = Scale.of(3, 2000, true, 100, 0);
        assertThat(scale.ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0, 10_000.0);
        assertThat(scale.at(1)).isEqualTo(100);
        assertThat(scale.at(10_000)).isEqualTo(0);
    }

    @Test
    void aLinearScaleBeginsAtZero() {
        Scale scale = Scale.of(3, 19, false, 100, 0);
        assertThat(scale.ticks()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
        assertThat(scale.at(10)).isEqualTo(50);
    }
}
