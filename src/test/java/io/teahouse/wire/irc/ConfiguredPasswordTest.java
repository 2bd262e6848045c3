package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredPasswordTest {
    @Test
    void whatWasHashedIsTheSamePassword() {
        String kept = ConfiguredPassword.hash("sésame");
        assertThat(ConfiguredPassword.isValid(kept)).isTrue();
        assertThat(kept).doesNotContain("sésame");
        assertThat(ConfiguredPassword.matches(kept, "sésame")).isTrue();
        assertThat(ConfiguredPassword.matches(kept, "sesame")).isFalse();
        assertThat(ConfiguredPassword.hash("sésame")).isNotEqualTo(kept);
    }

    @Test
    void aPlainPasswordIsItself() {
        assertThat(ConfiguredPassword.matches("sesame", "sesame")).isTrue();
        assertThat(ConfiguredPassword.matches("sesame", "")).isFalse();
        assertThat(ConfiguredPassword.isValid("sesame")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbkdf2:", "pbkdf2:0:a:b", "pbkdf2:1000:c2FsdA==:tooShort=", "pbkdf2:x:c2FsdA==:b"})
    void whatLooksLikeAHashAndIsNoneIsTold(String kept) {
        assertThat(ConfiguredPassword.isValid(kept)).isFalse();
    }
}
