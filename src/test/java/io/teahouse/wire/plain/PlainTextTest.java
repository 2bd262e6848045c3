package io.teahouse.wire.plain;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static String decode(String latin1) {
        return PlainText.decode(ByteString.fromArray(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String decodeUtf8(String text) {
        return PlainText.decode(ByteString.fromString(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "你好", "a\tb", "👩‍💻 codes", "naïve", "שלום"})
    void ordinaryTextIsUnchanged(String text) {
        assertThat(decodeUtf8(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u00ff\u00fb\u0001b,ab", // IAC WILL ECHO
        "\u00ff\u00fd\u0003hi,hi", // IAC DO SGA
        "a\u00ff\u00f1b,ab", // IAC NOP
        "a\u00ff\u00fa\u0018\u0000xterm\u00ff\u00f0b,ab", // IAC SB TERMINAL-TYPE … IAC SE
        "a\u00ff\u00ffb,ab", // an escaped 255 is not UTF-8 either
        "a\u00ff,a",
        "a\u00ff\u00fa\u0018,a"
    })
    void telnetNegotiationIsRemoved(String line, String text) {
        assertThat(decode(line)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred",
                "\rbob: hi",
                "\u0007",
                "\u0008",
                "\u007f",
                "\u0085",
                "\u009b31m",
                "\u2028",
                "\u202ebob",
                "\u2066x"
            })
    void harmfulCharactersAreReplaced(String text) {
        assertThat(decodeUtf8(text)).startsWith("\ufffd").hasSameSizeAs(text);
        assertThat(PlainText.clean(text)).startsWith("\ufffd");
    }

    @Test
    void malformedUtf8IsReplaced() {
        assertThat(decode("a\u00c3(b")).isEqualTo("a\ufffd(b");
        assertThat(decode("\u00e4\u00bd")).isEqualTo("\ufffd");
        assertThat(decode("\u00c0\u00af")).doesNotContain("/");
    }

    @Property(tries = 2000)
    void anyBytesGiveHarmlessText(@ForAll byte[] bytes) {
        String text = PlainText.decode(ByteString.fromArray(bytes));
        assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\t'))
                .isEmpty();
        assertThat(PlainText.clean(text)).isEqualTo(text);
        assertThat(PlainText.encode(text).utf8String()).isEqualTo(text);
    }
}
