package io.teahouse.tool.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void threeDigitsCount() {
        assertThat(List.of(12_345_678.0, 1234.0, 99.95, 4.2, 0.012345, 0.0, Double.NaN))
                .extracting(Numbers::text)
                .containsExactly("12,300,000", "1,230", "100", "4.2", "0.0123", "0", "–");
    }

    @Test
    void severalRoundsAreShownByTheirMedianAndSpread() {
        assertThat(Numbers.text(new Samples(List.of(3.0, 1.0, 2.0)))).isEqualTo("2 (1–3)");
    }

    @Test
    void aMissedMustIsBold() {
        assertThat(Must.atMost(1.3).judge("1.4", 1.4)).isEqualTo("**1.4** (must: ≤ 1.3)");
        assertThat(Must.atLeast(4).judge("5", 5)).isEqualTo("5 (must: ≥ 4)");
    }

    @Test
    void serversAreComparedRoundByRound() {
        Samples ratios = new Samples(List.of(2.0, 9.0)).dividedBy(new Samples(List.of(1.0, 3.0)));
        assertThat(ratios.values()).containsExactly(2.0, 3.0);
    }
}
