package io.teahouse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** It would be in the audit log, which could not be shown any more. */
    @Test
    void halfOfASurrogatePairIsRefused() {
        assertThat(Json.flat("{\"reason\": \"\\ud83c\"}".getBytes(UTF_8))).isEmpty();
        assertThat(Json.flat("{\"\\udf75\": \"x\"}".getBytes(UTF_8))).isEmpty();
        assertThat(Json.flat("{\"reason\": \"\\ud83c\\udf75\"}".getBytes(UTF_8)))
                .contains(Map.of("reason", "\uD83C\uDF75"));
    }
}
