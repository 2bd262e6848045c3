package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private long now = 7;
    private final Silence silence = new Silence(Duration.ofNanos(100), () -> now);

    @Test
    void checksAreAtHalfOfTheTimeAndAtItsEnd() {
        assertThat(silence.next()).contains(Duration.ofNanos(50));
        now += 50;
        assertThat(silence.isHalfOver()).isTrue();
        assertThat(silence.isTooLong()).isFalse();
        assertThat(silence.next()).contains(Duration.ofNanos(50));
        now += 50;
        assertThat(silence.isTooLong()).isTrue();
    }

    @Test
    void inputEndsTheSilence() {
        now += 99;
        silence.broken();
        assertThat(silence.isHalfOver()).isFalse();
        assertThat(silence.next()).contains(Duration.ofNanos(50));
    }

    @Test
    void aLateCheckIsFollowedByAnotherSoon() {
        now += 99;
        assertThat(silence.next()).contains(Duration.ofNanos(1));
        now += 5;
        assertThat(silence.next()).contains(Duration.ofNanos(1));
    }

    @Test
    void withoutALimitThereAreNoChecks() {
        assertThat(new Silence(Duration.ZERO, () -> now).next()).isEmpty();
    }
}
