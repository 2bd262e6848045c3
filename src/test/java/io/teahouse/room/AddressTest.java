package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.support.Address;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in all their spellings, and masks that name one. */
class AddressTest {
    private static boolean matches(String mask, String address) {
        Profile profile = new Profile("u", "aa.bb.cc.ip", "", "", "", false).withAddress(address);
        UnaryOperator<String> folding = UnaryOperator.identity();
        return Mask.of(mask, folding).matches(Mask.Person.of(Nick.of("ann"), profile, folding));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "0::1",
                "0:0:0:0:0:0:0:1",
                "0000:0000:0000:0000:0000:0000:0000:0001",
                "::0.0.0.1",
                "[::1]",
                "::1%lo",
                "::1%1",
                "0::0:1"
            })
    void allSpellingsOfAnAddressAreOne(String typed) {
        assertThat(Address.canonical(typed)).contains("0:0:0:0:0:0:0:1");
        assertThat(matches("*!*@" + typed, "0:0:0:0:0:0:0:1")).isTrue();
        assertThat(matches("*!*@" + typed, "0:0:0:0:0:0:0:2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::ffff:127.0.0.1", "::FFFF:7f00:1", "0:0:0:0:0:ffff:127.0.0.1"})
    void anAddressOfIPv4InIPv6IsThatOfIPv4(String typed) {
        assertThat(Address.canonical(typed)).contains("127.0.0.1");
        assertThat(matches("*!*@" + typed, "127.0.0.1")).isTrue();
    }

    @Test
    void canonicalAddressesAreInLowerCase() {
        assertThat(Address.canonical("2001:DB8::A")).contains("2001:db8:0:0:0:0:0:a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                "1.2.3.256",
                "1.2.3.-4",
                "1..3.4",
                "::1::",
                "1:2",
                ":::",
                "[1.2.3.4]",
                "127.0.0.*",
                "192.0.2.0/24",
                "dead.beef",
                "localhost",
                "cafe",
                "::g",
                "１.2.3.4",
                "[",
                "[]",
                "99999999999.1.1.1"
            })
    void anythingElseIsNone(String typed) {
        assertThat(Address.canonical(typed)).isEmpty();
    }

    @Test
    void aMaskWithAnAddressMatchesTheRealOneAndNothingElse() {
        assertThat(matches("ann!u@192.0.2.7", "192.0.2.7")).isTrue();
        assertThat(matches("bob!*@192.0.2.7", "192.0.2.7")).isFalse();
        assertThat(matches("m:*!*@192.0.2.7", "192.0.2.7")).isTrue();
        assertThat(matches("*!*@192.0.2.*", "192.0.2.7")).isFalse();
        assertThat(matches("*!*@192.0.2.?", "192.0.2.7")).isFalse();
        assertThat(matches("*!*@*.cc.ip", "192.0.2.7")).isTrue();
    }

    @Test
    void anAddressAloneIsAMaskOfIt() {
        assertThat(Mask.complete("192.0.2.7")).isEqualTo("*!*@192.0.2.7");
        assertThat(Mask.complete("::1")).isEqualTo("*!*@::1");
        assertThat(Mask.complete("m:2001:db8::1")).isEqualTo("m:*!*@2001:db8::1");
    }
}
