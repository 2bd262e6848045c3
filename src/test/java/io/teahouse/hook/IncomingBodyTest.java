package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncomingBodyTest {
    @Test
    void halfOfAnEmojiIsReplaced() throws IncomingBody.Unusable {
        byte[] body = "{\"text\": \"cut \\ud83c\", \"username\": \"ci\\udf75\"}".getBytes(UTF_8);
        assertThat(IncomingBody.read("application/json", body)).isEqualTo("[ci] cut \uFFFD");
    }
}
