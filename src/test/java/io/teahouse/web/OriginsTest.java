package io.teahouse.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://Example.org, https://example.org",
        "https://example.org:443, https://example.org",
        "http://example.org:80, http://example.org",
        "http://example.org:443, http://example.org:443",
        "https://example.org:8443, https://example.org:8443",
        "http://[::1]:80, http://[::1]",
        "moz-extension://1234, moz-extension://1234",
        "null, null"
    })
    void anOriginHasOneForm(String text, String form) {
        assertThat(Origins.normalized(text)).contains(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "https://",
                "://a",
                "https://a/",
                "https://a/b",
                "https://u@a",
                "https://a b",
                "*"
            })
    void anythingElseIsNone(String text) {
        assertThat(Origins.normalized(text)).isEmpty();
    }

    @Test
    void theDefaultPortMakesNoDifference() {
        Origins origins = new Origins(Set.of("https://friend.example"));
        assertThat(origins.allow(List.of("https://friend.example:443"), "localhost"))
                .isTrue();
        assertThat(origins.allow(List.of("https://friend.example:444"), "localhost"))
                .isFalse();
        assertThat(origins.allow(List.of("http://localhost:80"), "localhost")).isTrue();
        assertThat(origins.allow(List.of("http://localhost"), "LOCALHOST:80")).isTrue();
        assertThat(origins.allow(List.of("https://localhost"), "localhost:80")).isFalse();
    }

    @Test
    void pagesWithoutOriginAreRefusedUnlessTheyAreListed() {
        assertThat(new Origins(Set.of()).allow(List.of("null"), "null")).isFalse();
        assertThat(new Origins(Set.of("null")).allow(List.of("null"), "localhost"))
                .isTrue();
        assertThat(new Origins(Set.of("*")).allow(List.of("null"), "localhost")).isTrue();
    }
}
