package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final int MEMORY_KIB = 8192;
    private static final int TIMES = 5;

    /** One instance that uses SCRAM, and one that uses Argon2id. */
    @ParameterizedTest
    @ValueSource(ints = {50_000, 0})
    void aMissingAccountTakesAsMuchWorkAsAWrongPassword(int iterations) {
        Passwords passwords = new Passwords(iterations, MEMORY_KIB);
        Optional<Credentials> ann = passwords.make("sesame");
        assertThat(passwords.matches(ann, "sesame")).isTrue();
        long wrong = quickest(() -> passwords.matches(ann, "other"));
        long nobody = quickest(() -> passwords.matches(Optional.empty(), "other"));
        assertThat(nobody).as("nanoseconds").isGreaterThan(wrong / 3);
    }

    private static long quickest(BooleanSupplier work) {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            assertThat(work.getAsBoolean()).isFalse();
            quickest = Math.min(quickest, System.nanoTime() - start);
        }
        return quickest;
    }
}
