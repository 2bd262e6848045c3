package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredPasswordTest {
    @Test
    void aHashMatchesItsPassword() {
        String kept = ConfiguredPassword.hash("sésame");
        assertThat(ConfiguredPassword.isValid(kept)).isTrue();
        assertThat(kept).doesNotContain("sésame");
        assertThat(ConfiguredPassword.matches(kept, "sésame")).isTrue();
        assertThat(ConfiguredPassword.matches(kept, "sesame")).isFalse();
        assertThat(ConfiguredPassword.hash("sésame")).isNotEqualTo(kept);
    }

    @Test
    void aPlainPasswordMatchesItself() {
        assertThat(ConfiguredPassword.matches("sesame", "sesame")).isTrue();
        assertThat(ConfiguredPassword.matches("sesame", "")).isFalse();
        assertThat(ConfiguredPassword.isValid("sesame")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2:",
                "pbkdf2:0:a:b",
                "pbkdf2:1000:c2FsdA==:tooShort=",
                "pbkdf2:x:c2FsdA==:b",
                // takes seconds; is not base64
                "pbkdf2:9999999:c2FsdA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2:1000:c:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void aMalformedHashIsInvalid(String kept) {
        assertThat(ConfiguredPassword.isValid(kept)).isFalse();
    }

    private static long cpu(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
        }
        return best;
    }

    /** Whether the configured password is plain or hashed. */
    @Test
    void comparingTakesAsLongForEachOfSeveralPasswords() {
        String costly = "pbkdf2:200000:c2FsdA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        String cheap = "pbkdf2:1000:c2FsdA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        int most = ConfiguredPassword.iterations(costly);
        long expected = cpu(() -> ConfiguredPassword.matches(costly, "x", most));
        for (String kept : List.of(cheap, "plain", "")) {
            assertThat(cpu(() -> ConfiguredPassword.matches(kept, "x", most)))
                    .as(kept)
                    .isBetween(expected / 2, expected * 2);
        }
        assertThat(ConfiguredPassword.matches("plain", "plain", most)).isTrue();
        assertThat(ConfiguredPassword.matches("", "", most)).isTrue();
    }
}
