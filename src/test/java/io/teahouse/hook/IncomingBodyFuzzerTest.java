package io.teahouse.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs post to a webhook. */
class IncomingBodyFuzzerTest {
    private static final List<String> TYPES =
            List.of("application/json", "text/plain; charset=utf-8", "application/x-www-form-urlencoded", "");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0{\"text\": \"built\", \"username\": \"ci\", \"icon\": {\"a\": [1, {}]}}",
                        "0{\"content\": \"\", \"embeds\": [{\"title\": \"t\", \"description\": \"d\"}, 1, []]}",
                        "0{\"attachments\": [{\"fallback\": \"f\", \"text\": \"\\ud83c\\udf75\", \"x\": null}]}",
                        "0{\"text\": \"half \\ud83c\", \"username\": \"\\ud83c\"}",
                        "1built\r\nin 3 s\r",
                        "2payload=%7B%22text%22%3A%22built%22%7D",
                        "3built",
                        "0[]",
                        "0{} {}")
                .map(text -> text.getBytes(UTF_8));
    }

    /** @param sent one byte for the content type, then the body */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void aBodyIsReadOrRefused(byte[] sent) {
        if (sent.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(sent, 1, sent.length);
        try {
            String text = IncomingBody.read(TYPES.get((sent[0] & 0xFF) % TYPES.size()), body);
            assertThat(text).doesNotContain("\r");
            assertThat(UTF_8.newEncoder().canEncode(text))
                    .as("whole characters")
                    .isTrue();
        } catch (IncomingBody.Unusable e) {
            assertThat(e.status()).isBetween(400, 499);
        }
    }
}
