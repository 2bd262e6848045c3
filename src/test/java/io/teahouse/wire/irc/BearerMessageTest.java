package io.teahouse.wire.irc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerMessageTest {
    private static Optional<BearerMessage> parse(String message) {
        return BearerMessage.parse(message.replace('^', '\u0001'));
    }

    /** RFC 7628 §4.1, and what clients send. */
    @Test
    void aMessageNamesTheAccountOrDoesNot() {
        assertThat(
                        parse(
                                "n,a=user@example.com,^host=server.example.com^port=143^auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdm==^^"))
                .contains(new BearerMessage(Optional.of("user@example.com"), "vF9dft4qmTc2Nvb3RlckBhbHRhdm=="));
        assertThat(parse("n,,^auth=Bearer x.y^^")).contains(new BearerMessage(Optional.empty(), "x.y"));
        assertThat(parse("y,a=,^auth=bearer x^^")).contains(new BearerMessage(Optional.empty(), "x"));
        assertThat(parse("n,a=x=2Cy=3D2C,^auth=Bearer x^^")).contains(new BearerMessage(Optional.of("x,y=2C"), "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^",
                "^^",
                "n,,^^",
                "n,,^auth=Bearer ^^",
                "n,,^auth=Basic x^^",
                "n,,^auth=Bearer x^",
                "n,,auth=Bearer x^^",
                "n,b=ann,^auth=Bearer x^^",
                "n,,x^auth=Bearer x^^",
                "p=tls-unique,,^auth=Bearer x^^",
                "n,a,b,c,^auth=Bearer x^^",
                "auth=Bearer x"
            })
    void anythingElseIsNone(String message) {
        assertThat(parse(message)).isEmpty();
    }
}
