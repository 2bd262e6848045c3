package io.teahouse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of requests at the admin port. */
class JsonFuzzerTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"target\": \"ann\", \"minutes\": 10, \"deep\": true, \"share\": -1.5e3}",
                        "{\"reason\": \"\\u00e9\\ud83c\\udf75\\n\\\"\"}",
                        "{\"half\": \"\\ud83c\"}",
                        "{\"a\": null}",
                        "{\"a\": {\"b\": [1]}}",
                        "{\"a\": 1, \"a\": 2}",
                        "{} {}",
                        "[]",
                        "{\"a\"")
                .map(text -> text.getBytes(UTF_8));
    }

    /** What is read can be written, since answers and the audit log quote it. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void whatIsReadCanBeWrittenAndReadAgain(byte[] sent) {
        Json.flat(sent)
                .ifPresent(values ->
                        assertThat(Json.flat(Json.bytes(values))).as("written").contains(values));
    }
}
