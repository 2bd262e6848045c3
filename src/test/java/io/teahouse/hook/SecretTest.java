package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecretTest {
    /** The example of the specification of Standard Webhooks. */
    @Test
    void signaturesAreThoseOfStandardWebhooks() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        String body = "{\"test\": 2432232314}";
        assertThat(secret.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), body.getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aSecretThatCouldBeGuessedIsRefused() {
        assertThatThrownBy(() -> Secret.of("whsec_c2hvcnQ=")).hasMessageContaining("24 to 64 bytes");
        assertThatThrownBy(() -> Secret.of("secret")).hasMessageContaining("whsec_");
        assertThatThrownBy(() -> Secret.of("whsec_!")).isInstanceOf(IllegalArgumentException.class);
    }
}
