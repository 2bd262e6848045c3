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
}
