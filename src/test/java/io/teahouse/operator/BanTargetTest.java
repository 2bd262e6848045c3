package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BanTargetTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, NETWORK, 192.0.2.7",
        "192.0.2.7/32, NETWORK, 192.0.2.7",
        "10.1.2.3/8, NETWORK, 10.0.0.0/8",
        "::ffff:192.0.2.7, NETWORK, 192.0.2.7",
        "2001:db8::1/32, NETWORK, 2001:db8:0:0:0:0:0:0/32",
        "*!*@192.0.2.7, NETWORK, 192.0.2.7",
        "*@192.0.2.7, NETWORK, 192.0.2.7",
        "*@192.0.2.0/24, NETWORK, 192.0.2.0/24",
        "*!*@192.0.2.0/24, NETWORK, 192.0.2.0/24",
        "**!*@2001:db8::/32, NETWORK, 2001:db8:0:0:0:0:0:0/32",
        "account:ann, ACCOUNT, account:ann",
        "bob!*@*, MASK, bob!*@*",
        "bob!x, MASK, bob!x@*",
        "x@spam.example, MASK, *!x@spam.example",
        "x!y@192.0.2.7, MASK, x!y@192.0.2.7",
    })
    void aTargetIsReadInOneFormForAllSpellings(String typed, BanTarget.Kind kind, String shown) {
        assertThat(BanTarget.parse(typed)).hasValueSatisfying(target -> {
            assertThat(target.kind()).isEqualTo(kind);
            assertThat(target).hasToString(shown);
            assertThat(BanTarget.parse(shown)).contains(target);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob",
                "*",
                "account:",
                "account:*",
                "account:spam?",
                "account:eve!*@*",
                "192.0.2",
                "192.0.2.7/33",
                "::1/129",
                "192.0.2.7/x",
                "bob!*@192.0.2.0/24",
                "x@192.0.2.0/24",
                "*@192.0.2.0/33",
                "*!*@192.0.2.*/24"
            })
    void whatCouldMeanSomethingElseIsRefused(String typed) {
        assertThat(BanTarget.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/7", "::/0", "*!*@*", "*!*@*.*", "?*!*@*"})
    void aTargetForManyIsWide(String typed) {
        assertThat(BanTarget.parse(typed).orElseThrow().isWide()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "2001:db8::/32", "bob!*@*", "account:ann", "*!*@*.example"})
    void anotherIsNot(String typed) {
        assertThat(BanTarget.parse(typed).orElseThrow().isWide()).isFalse();
    }
}
