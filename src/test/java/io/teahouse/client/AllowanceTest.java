package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The work budgets of addresses and networks, and the turns to read history. */
class AllowanceTest {
    private static final FloodGuard.Rules RULES = new FloodGuard.Rules(true, 10, 1, 0);

    private final FloodGuard network = new FloodGuard(RULES.times(2), 0);
    private final ReadTurns turns = new ReadTurns(2);

    private Allowance address() {
        return new Allowance(new FloodGuard(RULES, 0), network, turns);
    }

    @Test
    void addressesAndNetworksWaitWhenTheirBudgetIsUsedUp() {
        Allowance one = address();
        assertThat(one.charge(8, 0)).isZero();
        assertThat(one.charge(8, 0)).isEqualTo(Duration.ofSeconds(6));
        Allowance neighbour = address();
        assertThat(neighbour.charge(8, 0))
                .as("nothing was taken by who had to wait")
                .isZero();
        assertThat(address().charge(8, 0)).isEqualTo(Duration.ofSeconds(2)); // at two points per second
        assertThat(one.charge(8, 6_000_000_000L)).isZero();
    }

    @Test
    void aCostAboveTheBudgetWaitsForAFullBudget() {
        Allowance one = address();
        assertThat(one.charge(15, 0)).isZero();
        assertThat(one.charge(15, 0)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void readersTakeTurnsBeyondTheLimit() {
        List<String> begun = new ArrayList<>();
        ReadTurns.Turn first = turns.take(() -> begun.add("first"));
        turns.take(() -> begun.add("second"));
        ReadTurns.Turn third = turns.take(() -> begun.add("third"));
        ReadTurns.Turn fourth = turns.take(() -> begun.add("fourth"));
        assertThat(begun).containsExactly("first", "second");
        third.end(); // ended before its turn
        first.end();
        first.end();
        assertThat(begun).containsExactly("first", "second", "fourth");
        fourth.end();
        turns.take(() -> begun.add("fifth"));
        turns.take(() -> begun.add("sixth"));
        assertThat(begun).endsWith("fourth", "fifth");
    }
}
