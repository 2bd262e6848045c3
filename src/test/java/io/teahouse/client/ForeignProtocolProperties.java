package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Any line can be inspected: bad input does not make the client fail. */
class ForeignProtocolProperties {
    private static ByteString bytes(String line) {
        return ByteString.fromString(line, StandardCharsets.ISO_8859_1);
    }

    @Example
    void blanksAfterANameAreNoProtocol() {
        for (String line : new String[] {"ann\t ", "ann \t", "ann  ", "ann\r \n", " ann\u000b ", "\t \t"}) {
            assertThat(ForeignProtocol.recognize(bytes(line))).as(line).isEmpty();
        }
    }

    @Property
    void noLineMakesItThrow(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({' ', '\t', '\r', '\n', '\u000b', ':', '/', 'G', 'a', '\u00e9', '\0'})
                    String line) {
        assertThat(ForeignProtocol.recognize(bytes(line))).isNotNull();
    }

    @Example
    void aRequestIsRecognizedWhateverBlanksFollowIt() {
        for (String line :
                new String[] {"BREW /pot HTTP/1.1", "BREW /pot HTTP/1.1 \t", " GET / HTTP/1.0\t\r\n", "POST /\r"}) {
            assertThat(ForeignProtocol.recognize(bytes(line))).as(line).isPresent();
        }
    }
}
