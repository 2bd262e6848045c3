package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTokensTest {
    private long now;
    private final RequestTokens tokens = new RequestTokens(() -> now);

    @Test
    void aTokenIsGoodForOneRequest() {
        String text = tokens.create("ann", 3);
        assertThat(tokens.take(text + "x")).isEmpty();
        String other = tokens.create("ann", 3);
        assertThat(tokens.take(text.substring(0, 16) + other.substring(16)))
                .as("with another secret")
                .isEmpty();
        assertThat(tokens.take(text)).hasValueSatisfying(it -> {
            assertThat(it.account()).isEqualTo("ann");
            assertThat(it.then()).isEqualTo(3);
        });
        assertThat(tokens.take(text)).isEmpty();
        assertThat(tokens.take(other)).isPresent();
    }

    @Test
    void itIsValidForAMoment() {
        String text = tokens.create("ann", 0);
        now += RequestTokens.VALID.toNanos();
        assertThat(tokens.take(text)).isEmpty();
    }

    @Test
    void tooManyReplaceTheOldest() {
        String first = tokens.create("ann", 0);
        String second = tokens.create("ann", 0);
        for (int i = 1; i < RequestTokens.MOST; i++) {
            tokens.create("bob", 0);
        }
        assertThat(tokens.take(first)).isEmpty();
        assertThat(tokens.take(second)).isPresent();
    }
}
