package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final DrainRate rate = new DrainRate(2000, nanos::get);

    @Test
    void aDoorMayUseWhatTheOthersDoNotNeed() {
        assertThat(rate.take(0, 10_000)).isZero();
        passes(Duration.ofMillis(50));
        assertThat(rate.take(0, 1)).isOne();
        assertThat(rate.take(0, 10_000)).isEqualTo(99);
        assertThat(rate.take(0, 10_000)).isZero();
        passes(Duration.ofSeconds(1));
        assertThat(rate.take(0, 10_000)).isEqualTo(2000);
    }

    @Test
    void whatADoorMustSendAwayCountsForTheOthers() {
        passes(Duration.ofMillis(50));
        assertThat(rate.take(20, 10_000)).isEqualTo(100);
        assertThat(rate.take(20, 10_000)).isEqualTo(20);
        passes(Duration.ofMillis(50));
        assertThat(rate.take(20, 10_000)).isEqualTo(80);
        assertThat(rate.take(20, 10_000)).isEqualTo(20);
    }

    private void passes(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
