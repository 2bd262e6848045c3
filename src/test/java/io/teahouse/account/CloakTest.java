package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.support.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What others see in place of an address. */
class CloakTest {
    private static final Cloak CLOAK = Cloak.keyed(new byte[32]);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String host(String address) {
        return CLOAK.host(address(address));
    }

    private static String behindFirstDot(String host) {
        return host.substring(host.indexOf('.'));
    }

    @Test
    void theSameAddressAlwaysLooksTheSameAndOthersLookDifferent() {
        assertThat(host("192.0.2.7")).isEqualTo(Cloak.keyed(new byte[32]).host(address("::ffff:192.0.2.7")));
        assertThat(host("192.0.2.7")).isNotEqualTo(host("192.0.2.8"));
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(host("192.0.2.7")).isNotEqualTo(Cloak.keyed(other).host(address("192.0.2.7")));
    }

    @Test
    void addressesOfOneNetworkShareTheLastParts() {
        assertThat(behindFirstDot(host("192.0.2.7"))).isEqualTo(behindFirstDot(host("192.0.2.8")));
        String far = behindFirstDot(host("192.0.3.7"));
        assertThat(far).isNotEqualTo(behindFirstDot(host("192.0.2.7")));
        assertThat(behindFirstDot(far.substring(1)))
                .isEqualTo(behindFirstDot(behindFirstDot(host("192.0.2.7")).substring(1)));
    }

    @Test
    void allAddressesOfAnIpv6HouseholdLookTheSame() {
        assertThat(host("2001:db8:1:2::7")).isEqualTo(host("2001:db8:1:2:ffff::8"));
        assertThat(host("2001:db8:1:3::7"))
                .isNotEqualTo(host("2001:db8:1:2::7"))
                .endsWith(behindFirstDot(host("2001:db8:1:2::7")));
    }

    @Test
    void aCloakIsAValidHostAndNotAnAddress() {
        for (String each : new String[] {"127.0.0.1", "255.255.255.255", "::1", "2001:db8::1", "fe80::1"}) {
            assertThat(host(each))
                    .hasSizeLessThanOrEqualTo(63)
                    .matches("[0-9a-f]{10}\\.[0-9a-f]{10}\\.[0-9a-f]{10}\\.ip");
            assertThat(Address.canonical(host(each))).isEmpty();
        }
    }

    @Test
    void storedAddressesAreCloakedAndStoredCloaksStay() {
        assertThat(CLOAK.host("192.0.2.7")).isEqualTo(host("192.0.2.7"));
        assertThat(CLOAK.host("0:0:0:0:0:0:0:1")).isEqualTo(host("::1"));
        assertThat(CLOAK.host(host("192.0.2.7"))).isEqualTo(host("192.0.2.7"));
        assertThat(CLOAK.host("local")).isEqualTo("local");
        assertThat(CLOAK.host("*")).isEqualTo("*");
    }

    @Test
    void withoutACloakAddressesAreShown() {
        assertThat(Cloak.NONE.host(address("192.0.2.7"))).isEqualTo("192.0.2.7");
        assertThat(Cloak.NONE.host(address("::1"))).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(Cloak.NONE.host("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
