package io.teahouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    private static final Hosts LOCAL = new Hosts(Set.of(), true);
    private static final Hosts ANYWHERE = new Hosts(Set.of(), false);
    private static final Hosts LISTED = new Hosts(Set.of("chat.example.org"), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "a.localhost:1",
                "127.0.0.1:8080",
                "[::1]:8080",
                "[::1]",
                "192.0.2.7"
            })
    void addressesAndLocalhostCannotLeadElsewhere(String host) {
        assertThat(LOCAL.allow(host, false)).isTrue();
        assertThat(LISTED.allow(host, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", ""})
    void anotherNameDoesNotLeadToThisMachineByItself(String host) {
        assertThat(LOCAL.allow(host, false)).isFalse();
        assertThat(LISTED.allow(host, false)).isFalse();
        assertThat(LISTED.allow(host, true)).isFalse();
        assertThat(LOCAL.allow(host, true))
                .as("a proxy is reached by other names")
                .isTrue();
        assertThat(ANYWHERE.allow(host, false))
                .as("names that nobody has listed")
                .isTrue();
    }

    @Test
    void listedNamesMayHavePortsAndADotAtTheEnd() {
        assertThat(LISTED.allow("chat.example.org", false)).isTrue();
        assertThat(LISTED.allow("Chat.Example.org.:443", false)).isTrue();
        assertThat(LISTED.allow("a.chat.example.org", false)).isFalse();
        assertThat(new Hosts(Set.of("*"), true).allow("any.example", false)).isTrue();
    }
}
