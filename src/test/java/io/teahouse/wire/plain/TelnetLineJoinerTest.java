package io.teahouse.wire.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelnetLineJoinerTest {
    private static final String BEGIN = "\u00ff\u00fa\u001f\u0000P\u0000"; // IAC SB NAWS: 80 columns, half of the rows
    private static final String END = "\u00ff\u00f0";

    private final TelnetLineJoiner lines = new TelnetLineJoiner();

    private Optional<String> join(String latin1) {
        return lines.join(ByteString.fromArray(latin1.getBytes(ISO_8859_1))).map(PlainText::decode);
    }

    @Test
    void aLineFeedInASubnegotiationDoesNotEndTheLine() {
        assertThat(join("hel" + BEGIN)).isEmpty(); // ten rows, and 10 is a line feed
        assertThat(join(END + "lo")).contains("hello");
        assertThat(join("next")).contains("next");
    }

    @Test
    void aCompleteLineIsReturned() {
        assertThat(join("a" + BEGIN + "x" + END)).contains("a");
        assertThat(join("a\u00ff\u00fb\u0001b")).contains("ab");
        assertThat(join("a\u00ff")).contains("a");
        assertThat(join("b")).contains("b");
    }

    @Test
    void aSubnegotiationWithoutAnEndIsAbandoned() {
        assertThat(join("a" + BEGIN)).isEmpty();
        Optional<String> given = Optional.empty();
        for (int i = 0; i < 100 && given.isEmpty(); i++) {
            given = join("0123456789".repeat(5));
        }
        assertThat(given).contains("a");
        assertThat(join("b")).contains("b");
    }
}
