package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NickTest {
    @ParameterizedTest
    @CsvSource({"ann, ANN", "Łukasz, łUKASZ", "é, e\u0301", "ａｎｎ, ann", "小明, 小明"})
    void twoSpellingsOfOneNameAreTheSame(String one, String other) {
        assertThat(Nick.of(one).sameAs(Nick.of(other))).isTrue();
        assertThat(Nick.of(one).text()).isEqualTo(one).hasToString(Nick.of(one).toString());
    }

    @Test
    void otherNamesAreNotTheSame() {
        assertThat(Nick.of("ann").sameAs(Nick.of("anna"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\tb",
                "a\rb",
                "a\u0000",
                "\u001b[31m",
                "a\u00a0b",
                "a\u200b",
                "a\u202eb",
                "a\u2028b",
                "\ud800",
                "\ue000"
            })
    void whatCannotBeSeenIsNoPartOfAName(String text) {
        assertThatThrownBy(() -> Nick.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a name");
    }

    @Test
    void theFoldedFormIsCheckedToo() {
        assertThatThrownBy(() -> new Nick("ann", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nick("ann", "a n")).isInstanceOf(IllegalArgumentException.class);
    }
}
