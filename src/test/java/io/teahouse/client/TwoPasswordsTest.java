package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoPasswordsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "old new, old, new",
                "'  old   new ', old, new",
                "\"a\" \"b\", \"a\", \"b\"",
                "\"open sesame\" new, open sesame, new",
                "old \"open sesame\", old, open sesame",
                "\"open sesame\" \"shut sesame\", open sesame, shut sesame",
            })
    void twoWordsOrTextsInQuotes(String typed, String old, String to) {
        assertThat(TwoPasswords.parse(typed)).contains(new TwoPasswords(old, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "old", "old new again", "\"open sesame\"", "\"open sesame new", "\"", "\"a b\" c d"})
    void allElseIsNone(String typed) {
        assertThat(TwoPasswords.parse(typed)).isEmpty();
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(new TwoPasswords("old", "new").toString()).doesNotContain("old new");
    }
}
