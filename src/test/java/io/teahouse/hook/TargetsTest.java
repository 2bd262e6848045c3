package io.teahouse.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final Targets PUBLIC = new Targets(false, List.of());

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.255.255.255",
                "100.64.0.1",
                "127.0.0.1",
                "127.1.2.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "2130706433",
                "127.1",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatAreNotPublicAreRefused(String literal) throws UnknownHostException {
        assertThat(PUBLIC.allow(address(literal))).isFalse();
        assertThat(new Targets(true, List.of()).allow(address(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "2001:4860:4860::8888",
                "::ffff:1.1.1.1"
            })
    void publicAddressesAreAllowed(String literal) throws UnknownHostException {
        assertThat(PUBLIC.allow(address(literal))).isTrue();
    }

    @Test
    void networksOfTheSettingsAreAllowedAndTheirNeighboursAreNot() throws UnknownHostException {
        Targets some = new Targets(false, List.of(Network.parse("10.1.0.0/16"), Network.parse("fd00:1::/32")));
        assertThat(some.allow(address("10.1.2.3"))).isTrue();
        assertThat(some.allow(address("10.2.2.3"))).isFalse();
        assertThat(some.allow(address("fd00:1::5"))).isTrue();
        assertThat(some.allow(address("fd00:2::5"))).isFalse();
        assertThat(some.allow(address("127.0.0.1"))).isFalse();
    }
}
