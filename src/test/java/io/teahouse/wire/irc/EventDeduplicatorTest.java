package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventDeduplicatorTest {
    private static final int MANY = 10_000;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // a monotonic clock may overflow
    private final EventDeduplicator causes = new EventDeduplicator(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void anyNumberOfEventsIsShownOnce() {
        for (long cause = 4; cause < MANY; cause++) {
            assertThat(causes.isKnown(cause ^ 3)).isFalse(); // slightly out of order
        }
        for (long cause = 4; cause < MANY; cause++) {
            assertThat(causes.isKnown(cause ^ 3)).as("cause %d", cause ^ 3).isTrue();
        }
    }

    @Test
    void anEventThatARoomDeliversLateIsStillKnown() {
        pass(Duration.ofSeconds(59));
        assertThat(causes.isKnown(7)).isFalse();
        for (int second = 0; second < 59; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(causes.isKnown(7)).isTrue();
            assertThat(causes.isKnown(100 + second)).isFalse();
        }
    }

    @Test
    void eventsAreForgotten() {
        assertThat(causes.isKnown(7)).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(causes.isKnown(8)).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(causes.isKnown(7)).isFalse();
        assertThat(causes.isKnown(8)).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(causes.isKnown(7)).isFalse();
        assertThat(causes.isKnown(8)).isFalse();
    }

    @Test
    void anEventWithoutACauseIsAlwaysShown() {
        assertThat(causes.isKnown(0)).isFalse();
        assertThat(causes.isKnown(0)).isFalse();
    }
}
