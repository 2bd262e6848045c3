package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerPasswordTest {
    @Test
    void aPasswordIsKnownAfterItsFirstUse() {
        ServerPassword password = new ServerPassword(
                "pbkdf2:120000:2R1cxdwUsR1D/ywIxCcYJg==:bDzEoNXiiJVPy7dg1+++cHEKW6EI6qQGqeeGQ+bOCeM=");
        assertThat(password.isKnown("secret")).isFalse();
        assertThat(password.matches("wrong")).isFalse();
        assertThat(password.isKnown("wrong")).isFalse();
        assertThat(password.matches("secret")).isTrue();
        assertThat(password.isKnown("secret")).isTrue();
        assertThat(password.isKnown("wrong")).isFalse();
    }
}
