package io.teahouse.room.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, ''",
        "*, ann",
        "'', ''",
        "a*n, ann",
        "a*n, an",
        "?nn, ann",
        "*n?, ann",
        "***a***, ann",
        "a?*, ann",
        "*😀, x😀",
        "?, 😀",
        "a?b, a😀b",
        "*?b, 😀b",
        "??, 😀😀",
        "*nn*, annn",
        "a*b*c, aXbXbXc"
    })
    void whatFits(String pattern, String text) {
        assertThat(Glob.exact(pattern).fits(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', a",
        "?, ''",
        "?, ab",
        "??, 😀",
        "a*n, anna",
        "a, A",
        "*b, 😀",
        "*??b, 😀b",
        "a*b*c, acb",
        "**?, ''",
        "ann*?, ann"
    })
    void whatDoesNotFit(String pattern, String text) {
        assertThat(Glob.exact(pattern).fits(text)).isFalse();
    }

    @Test
    void wildcardsSurviveFoldingAndFoldedLettersAreNone() {
        Glob wide = Glob.of("Ａ*?", text -> text.replace('Ａ', 'a').replace('＊', '*'));
        assertThat(wide.fits("abc")).isTrue();
        assertThat(wide.fits("a")).isFalse();
        Glob literal = Glob.of("＊", text -> text.replace('＊', '*'));
        assertThat(literal.fits("ann")).isFalse();
        assertThat(Glob.of("A*", text -> text.toLowerCase(Locale.ROOT)).fits("ann"))
                .isTrue();
    }

    /** The shapes that make a backtracking matcher take for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"***!***@***x", "*a*a*a*a*a*a*a*a*a*a*b", "?*?*?*?*?*?*?*?*b", "*aaaaaaaaaaaaaaaab"})
    void noPatternTakesLong(String pattern) {
        Glob glob = Glob.exact(pattern);
        String text = "a".repeat(100_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(glob.fits(text)).isFalse());
    }
}
