package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NickRulesTest {
    private final NickRules rules = new NickRules(8, CaseMapping.ASCII);

    private Nick nick(String text) {
        return ((NickRules.Accepted) rules.check(text)).nick();
    }

    /** So that a line of IRC, which has 512 bytes, has room for several. */
    @Test
    void aNameHasAlsoSoManyBytes() {
        NickRules usual = new NickRules(32, CaseMapping.ASCII);
        assertThat(usual.check("ж".repeat(32))).isInstanceOf(NickRules.Accepted.class);
        assertThat(usual.check("中".repeat(21))).isInstanceOf(NickRules.Accepted.class);
        assertThat(usual.check("中".repeat(22)))
                .isEqualTo(new NickRules.Rejected("a name has at most 64 bytes of UTF-8"));
        NickRules longest = new NickRules(NickRules.MOST_BYTES, CaseMapping.ASCII);
        assertThat(longest.check("n".repeat(128))).isInstanceOf(NickRules.Accepted.class);
        assertThat(longest.check("ж".repeat(65))).isInstanceOf(NickRules.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "小明", "Ångström", "мария", "يوسف", "🦊", "a-b_c.d", "bob[1]"})
    void namesOfAnyScriptAreAllowed(String text) {
        assertThat(rules.check(text)).isInstanceOf(NickRules.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\tb",
                "a\u0007",
                "a\u001b[1m",
                "a\u200bb",
                "\u202eann",
                "a\u2028",
                "a\ufffd",
                "a,b",
                "a:b",
                "a!b",
                "a@b",
                "#ann",
                "/ann",
                "-ann",
                "{quit}",
                "ninechars",
                "\u2800",
                "a\u2800b",
                "a\u3164",
                "a\u115f",
                "a\u1160",
                "a\uffa0",
                "a\u034f",
                "a\u17b4",
                "a\u17b5",
                "a\u180b",
                "a\u180e",
                "a\ufe0f",
                "a\ufe00",
                "a\u00ad",
                "a\u200d",
                "a\u2060",
                "a\u061c",
                "a\ufffc",
                "a\ue000",
                "a\ud800",
                "a\u0378",
                "a\udb40\udc61",
                "a\udb40\udd00",
                "\u0301a",
                "a\u0301\u0301",
                "a\u0300\u0301\u0302\u0303\u0304",
                "a，b",
                "a＠b",
                "＃ann",
                "ａ！ｂ"
            })
    void whatWouldMisleadIsRefusedWithAReason(String text) {
        assertThat(rules.check(text))
                .isInstanceOfSatisfying(
                        NickRules.Rejected.class,
                        rejected -> assertThat(rejected.why()).startsWith("a name "));
    }

    @Test
    void aNameIsMeasuredInCharactersNotInCodeUnits() {
        assertThat(rules.check("🦊".repeat(8))).isInstanceOf(NickRules.Accepted.class);
        assertThat(rules.check("🦊".repeat(9))).isInstanceOf(NickRules.Rejected.class);
    }

    @Test
    void howAnEmojiIsToBeShownIsNoPartOfAName() {
        assertThat(nick("\u2764\ufe0f").text()).isEqualTo("\u2764");
        assertThat(rules.check("1\ufe0f")).isInstanceOf(NickRules.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({"Ann,ann", "ＡＮＮ,ann", "STRASSE,straße", "МАРИЯ,мария", "a\u0301x,\u00e1x", "ﬁx,FIX"})
    void spellingsOfOneNameShareAKey(String one, String other) {
        assertThat(nick(one).key()).isEqualTo(nick(other).key());
    }
}
