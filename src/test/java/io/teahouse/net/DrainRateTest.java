package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final DrainRate rate = new DrainRate(2000, nanos::get);

    @Test
    void aDoorMayUseWhatTheOthersDoNotNeed() {
        assertThat(rate.take(10_000)).isZero();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(rate.take(1)).isOne();
        assertThat(rate.take(10_000)).isEqualTo(99);
        assertThat(rate.take(10_000)).isZero();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(rate.take(10_000)).isEqualTo(2000);
    }
}
