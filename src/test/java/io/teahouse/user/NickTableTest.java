package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NickTableTest {
    private final NickRules rules = new NickRules(8, CaseMapping.ASCII);
    private final NickTable<String> table = new NickTable<>();

    private Nick nick(String text) {
        return ((NickRules.Accepted) rules.check(text)).nick();
    }

    @Test
    void aNickHasOneOwner() {
        assertThat(table.claim(nick("ann"), "1")).isEmpty();
        assertThat(table.claim(nick("ANN"), "2")).contains(nick("ann"));
        assertThat(table.owner(nick("Ann"))).contains("1");
    }

    @Test
    void anotherNickFreesTheOldOne() {
        table.claim(nick("ann"), "1");
        assertThat(table.claim(nick("anna"), "1")).isEmpty();
        assertThat(table.claim(nick("ann"), "2")).isEmpty();
        assertThat(table.nick("1")).contains(nick("anna"));
    }

    @Test
    void aRefusedOwnerKeepsTheirNick() {
        table.claim(nick("ann"), "1");
        table.claim(nick("bob"), "2");
        assertThat(table.claim(nick("ann"), "2")).isPresent();
        assertThat(table.owner(nick("bob"))).contains("2");
    }

    @Test
    void anOwnerMayChangeTheSpelling() {
        table.claim(nick("ann"), "1");
        assertThat(table.claim(nick("Ann"), "1")).isEmpty();
        assertThat(table.nick("1").map(Nick::text)).contains("Ann");
    }

    @Test
    void aReleasedNickIsFree() {
        table.claim(nick("ann"), "1");
        table.release("1");
        assertThat(table.nick("1")).isEqualTo(Optional.empty());
        assertThat(table.claim(nick("ann"), "2")).isEmpty();
    }

    @Test
    void aNameOfAnotherScriptMustNotLookLikeOneThatIsThere() {
        table.claim(nick("ann"), "1");
        assertThat(table.claim(nick("аnn"), "2")).as("Cyrillic а").contains(nick("ann"));
    }

    @Test
    void aPlainNameMustNotLookLikeOneOfAnotherScript() {
        table.claim(nick("аnn"), "1");
        assertThat(table.claim(nick("ann"), "2")).contains(nick("аnn"));
    }

    @ParameterizedTest
    @CsvSource({"ann,АNN", "bob,ВОВ", "Ivan,Іvаn", "tom,ТОМ"})
    void capitalsOfAnotherScriptLookLikeSmallLetters(String plain, String fake) {
        table.claim(nick(plain), "1");
        assertThat(table.claim(nick(fake), "2")).contains(nick(plain));
    }

    @Test
    void plainNamesMayLookAlike() {
        table.claim(nick("小明"), "0");
        assertThat(table.claim(nick("bill"), "1")).isEmpty();
        assertThat(table.claim(nick("bi11"), "2")).isEmpty();
        table.release("2");
        assertThat(table.claim(nick("bіll"), "3")).as("Cyrillic і").contains(nick("bill"));
    }
}
