package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static String written(Map<String, String> values) {
        StringBuilder json = new StringBuilder();
        JsonText.object(values, json);
        return json.toString();
    }

    @Property
    void writtenStringsCanBeReadBack(@ForAll Map<String, String> values) {
        String json = written(values);
        assertThat(JsonText.parseObject(json)).isEqualTo(values);
        assertThat(TextCodec.encode(json)).isEqualTo(json);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
    }

    @Test
    void anObjectIsWrittenWithoutSpaces() {
        assertThat(written(Map.of())).isEqualTo("{}");
        assertThat(written(Map.of("+a", "\"\\\n\0é"))).isEqualTo("{\"+a\":\"\\\"\\\\\\n\\u0000é\"}");
    }

    /** In the format of PostgreSQL. */
    @Test
    void spacesAndEveryEscapeAreRead() {
        assertThat(JsonText.parseObject(" { \"a\" : \"\\b\\f\\n\\r\\t\\u00e9\\/\\\\\\\"\", \"b\" : \"\" }\n"))
                .containsExactly(Map.entry("a", "\b\f\n\r\té/\\\""), Map.entry("b", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\"",
                "{\"a\":1}",
                "{\"a\":\"b\",}",
                "{} x",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\x\"}",
                "[]"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> JsonText.parseObject(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
