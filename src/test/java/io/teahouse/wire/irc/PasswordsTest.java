package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @Test
    void whatWasHashedIsTheSamePassword() {
        String kept = Passwords.hash("sésame");
        assertThat(Passwords.isValid(kept)).isTrue();
        assertThat(kept).doesNotContain("sésame");
        assertThat(Passwords.matches(kept, "sésame")).isTrue();
        assertThat(Passwords.matches(kept, "sesame")).isFalse();
        assertThat(Passwords.hash("sésame")).isNotEqualTo(kept);
    }

    @Test
    void aPlainPasswordIsItself() {
        assertThat(Passwords.matches("sesame", "sesame")).isTrue();
        assertThat(Passwords.matches("sesame", "")).isFalse();
        assertThat(Passwords.isValid("sesame")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbkdf2:", "pbkdf2:0:a:b", "pbkdf2:1000:c2FsdA==:tooShort=", "pbkdf2:x:c2FsdA==:b"})
    void whatLooksLikeAHashAndIsNoneIsTold(String kept) {
        assertThat(Passwords.isValid(kept)).isFalse();
    }
}
