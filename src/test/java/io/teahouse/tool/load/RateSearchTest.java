package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Simulates a server that keeps up with a certain rate. */
class RateSearchTest {
    private final List<Double> tried = new ArrayList<>();

    private RateSearch<Double> search(double from, double capacity, int patience) throws IOException {
        RateSearch<Double> search = new RateSearch<>(new RateSearch.Trial<>() {
            @Override
            public Optional<Double> at(double rate) {
                tried.add(rate);
                return Optional.of(rate).filter(each -> each <= capacity);
            }

            @Override
            public boolean isOver() {
                return tried.size() == patience;
            }
        });
        search.from(from);
        return search;
    }

    @Test
    void itClimbsFromARateThatPasses() throws IOException {
        RateSearch<Double> search = search(1, 10, 100);
        assertThat(search.best().orElseThrow()).isBetween(9.5, 10.0);
        assertThat(search.failing()).isBetween(10.0, 10.6);
    }

    @Test
    void itDescendsFromARateThatFails() throws IOException {
        RateSearch<Double> search = search(100, 10, 100);
        assertThat(search.best().orElseThrow()).isBetween(9.5, 10.0);
        assertThat(tried).startsWith(100.0, 50.0, 25.0, 12.5, 6.25);
    }

    @Test
    void itGivesUpWhenNothingPasses() throws IOException {
        RateSearch<Double> search = search(1, 0, 100);
        assertThat(search.best()).isEmpty();
        assertThat(search.failing()).isCloseTo(1 / 128.0, within(1e-9));
    }

    @Test
    void itEndsWhenNothingIsLeftToTry() throws IOException {
        RateSearch<Double> search = search(1, 10, 2);
        assertThat(search.best()).contains(1.4);
        assertThat(search.failing()).isZero();
    }
}
