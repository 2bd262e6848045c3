package io.teahouse.room.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final MonotonicClock time = new MonotonicClock(clock::get, Instant.EPOCH);

    @Test
    void timeComesInWholeMilliseconds() {
        clock.set(NOON.plusNanos(1_999_999));
        assertThat(time.now()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void timeDoesNotGoBackWithTheClock() {
        assertThat(time.now()).isEqualTo(NOON);
        clock.set(NOON.minusSeconds(3600));
        assertThat(time.now()).isEqualTo(NOON);
        clock.set(NOON.plusMillis(1));
        assertThat(time.now()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void timeStartsAfterTheLastStoredEvent() {
        Instant stored = NOON.plusSeconds(5);
        assertThat(new MonotonicClock(clock::get, stored).now()).isEqualTo(stored);
    }

    @Test
    void storedEventsHaveMillisecondsOfTheirOwn() {
        assertThat(time.own()).isEqualTo(NOON);
        assertThat(time.own()).isEqualTo(NOON.plusMillis(1));
        assertThat(time.now()).isEqualTo(NOON.plusMillis(1));
        assertThat(time.own()).isEqualTo(NOON.plusMillis(2));
        clock.set(NOON.plusMillis(9));
        assertThat(time.own()).isEqualTo(NOON.plusMillis(9));
    }

    @Test
    void theTimeDoesNotRunFarAheadOfTheClock() {
        for (int i = 0; i < 1000; i++) {
            time.own();
        }
        assertThat(time.own()).isEqualTo(NOON.plusMillis(200));
        clock.set(NOON.plusMillis(200));
        assertThat(time.own()).isEqualTo(NOON.plusMillis(201));
    }
}
