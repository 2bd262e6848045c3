package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"90s,PT90S", "30m,PT30M", "12h,PT12H", "7d,P7D", "2w,P14D", "1h30m,PT90M", "forever,PT0S", "0,PT0S"})
    void aDurationIsRead(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "d", "1x", "-1d", "1d ", "0s", "999999999w", "99999999999d", "1h30", "١d"})
    void anythingElseIsRefused(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void aDurationIsWrittenAsItIsRead() {
        assertThat(Durations.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(Durations.text(Duration.ofDays(1))).isEqualTo("1d");
        assertThat(Durations.text(Durations.FOREVER)).isEqualTo("forever");
        assertThat(Durations.text(Duration.ofSeconds(90_061))).isEqualTo("1d1h");
    }
}
