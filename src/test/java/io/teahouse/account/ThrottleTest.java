package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;

    private final Throttle throttle = new Throttle(new Pace(3, 6));

    @Test
    void aBurstIsAllowedAndFurtherAttemptsWait() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.charge("ann", 0)).isZero();
        }
        assertThat(throttle.charge("ann", 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(throttle.charge("ann", 4 * SECOND)).isEqualTo(Duration.ofSeconds(6));
        assertThat(throttle.charge("bob", 0)).isZero();
        assertThat(throttle.charge("ann", 10 * SECOND)).isZero();
        assertThat(throttle.charge("ann", 10 * SECOND)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRefundedAttemptMayBeRepeated() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.charge("ann", 0)).isZero();
            throttle.refund("ann");
        }
        throttle.refund("nobody");
        throttle.refund("ann");
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.charge("ann", 0)).isZero();
        }
        assertThat(throttle.charge("ann", 0)).as("never more than the burst").isPositive();
    }

    @Test
    void theNumberOfKeysIsLimited() {
        for (int i = 0; i < 3; i++) {
            throttle.charge("ann", 0);
        }
        for (int i = 0; i < Throttle.MOST - 1; i++) {
            throttle.charge(i, 0);
        }
        assertThat(throttle.charge("ann", 0)).isPositive();
        throttle.charge("one", 0);
        throttle.charge("two", 0);
        for (int i = 0; i < Throttle.MOST; i++) {
            throttle.charge(i, 0);
        }
        assertThat(throttle.charge("ann", 0)).isZero();
    }
}
