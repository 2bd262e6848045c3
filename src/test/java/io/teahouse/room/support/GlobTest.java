package io.teahouse.room.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, ann, true",
        "'', '', true",
        "a*n, ann, true",
        "a*n, an, true",
        "?nn, ann, true",
        "*n?, ann, true",
        "***a***, ann, true",
        "a?*, ann, true",
        "*😀, x😀, true",
        "?, 😀, true",
        "a?b, a😀b, true",
        "*?b, 😀b, true",
        "??, 😀😀, true",
        "*nn*, annn, true",
        "a*b*c, aXbXbXc, true",
        "'', a, false",
        "?, '', false",
        "?, ab, false",
        "??, 😀, false",
        "a*n, anna, false",
        "a, A, false",
        "*b, 😀, false",
        "*??b, 😀b, false",
        "a*b*c, acb, false",
        "**?, '', false",
        "ann*?, ann, false"
    })
    void whatFits(String pattern, String text, boolean fits) {
        assertThat(Glob.exact(pattern).fits(text)).isEqualTo(fits);
    }

    @Test
    void wildcardsSurviveFoldingAndNoFoldedLetterIsAWildcard() {
        UnaryOperator<String> narrow = text -> text.replace('Ａ', 'a').replace('＊', '*');
        assertThat(fits("Ａ*?", narrow, "abc")).isTrue();
        assertThat(fits("Ａ*?", narrow, "a")).isFalse();
        assertThat(fits("＊", narrow, "ann")).isFalse();
        assertThat(fits("A*", text -> text.toLowerCase(Locale.ROOT), "ann")).isTrue();
    }

    private static boolean fits(String pattern, UnaryOperator<String> folding, String text) {
        return Glob.of(pattern, folding).fits(text);
    }

    /** Patterns that make a backtracking matcher take exponential time. */
    @ParameterizedTest
    @ValueSource(strings = {"***!***@***x", "*a*a*a*a*a*a*a*a*a*a*b", "?*?*?*?*?*?*?*?*b", "*aaaaaaaaaaaaaaaab"})
    void noPatternTakesLong(String pattern) {
        Glob glob = Glob.exact(pattern);
        String text = "a".repeat(100_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(glob.fits(text)).isFalse());
    }
}
