package io.teahouse.room;

import static io.teahouse.room.Some.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TicksTest {
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final Ticks ticks = new Ticks(clock::get, Instant.EPOCH);

    @Test
    void timeComesInWholeMilliseconds() {
        clock.set(NOON.plusNanos(1_999_999));
        assertThat(ticks.now()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void aClockThatIsSetBackDoesNotTurnBackTheTime() {
        assertThat(ticks.now()).isEqualTo(NOON);
        clock.set(NOON.minusSeconds(3600));
        assertThat(ticks.now()).isEqualTo(NOON);
        clock.set(NOON.plusMillis(1));
        assertThat(ticks.now()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void timeDoesNotStartBeforeWhatWasStoredLast() {
        Instant stored = NOON.plusSeconds(5);
        assertThat(new Ticks(clock::get, stored).now()).isEqualTo(stored);
    }

    @Test
    void eachOfWhatIsStoredHasAMillisecondOfItsOwn() {
        assertThat(ticks.own()).isEqualTo(NOON);
        assertThat(ticks.own()).isEqualTo(NOON.plusMillis(1));
        assertThat(ticks.now()).isEqualTo(NOON.plusMillis(1));
        assertThat(ticks.own()).isEqualTo(NOON.plusMillis(2));
        clock.set(NOON.plusMillis(9));
        assertThat(ticks.own()).isEqualTo(NOON.plusMillis(9));
    }

    @Test
    void theTimeDoesNotRunFarAheadOfTheClock() {
        for (int i = 0; i < 1000; i++) {
            ticks.own();
        }
        assertThat(ticks.own()).isEqualTo(NOON.plusMillis(200));
        clock.set(NOON.plusMillis(200));
        assertThat(ticks.own()).isEqualTo(NOON.plusMillis(201));
    }
}
