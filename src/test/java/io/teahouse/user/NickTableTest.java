package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
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

    private Optional<Nick> claim(Nick nick, String user) {
        return table.claim(nick, new UserId(user), "owner of " + user);
    }

    private Optional<Nick> nickOf(String user) {
        return table.find(new UserId(user)).map(NickTable.Holder::nick);
    }

    private Optional<String> user(String nick) {
        return table.find(nick(nick)).map(holder -> holder.user().value());
    }

    @Test
    void aNickHasOneOwner() {
        assertThat(claim(nick("ann"), "1")).isEmpty();
        assertThat(claim(nick("ANN"), "2")).contains(nick("ann"));
        assertThat(user("Ann")).contains("1");
    }

    @Test
    void anotherNickFreesTheOldOne() {
        claim(nick("ann"), "1");
        assertThat(claim(nick("anna"), "1")).isEmpty();
        assertThat(claim(nick("ann"), "2")).isEmpty();
        assertThat(nickOf("1")).contains(nick("anna"));
    }

    @Test
    void aRefusedOwnerKeepsTheirNick() {
        claim(nick("ann"), "1");
        claim(nick("bob"), "2");
        assertThat(claim(nick("ann"), "2")).isPresent();
        assertThat(user("bob")).contains("2");
    }

    @Test
    void anOwnerMayChangeTheSpelling() {
        claim(nick("ann"), "1");
        assertThat(claim(nick("Ann"), "1")).isEmpty();
        assertThat(nickOf("1").map(Nick::text)).contains("Ann");
    }

    @Test
    void aReleasedNickIsFree() {
        claim(nick("ann"), "1");
        table.release(new UserId("1"));
        assertThat(nickOf("1")).isEqualTo(Optional.empty());
        assertThat(claim(nick("ann"), "2")).isEmpty();
    }

    @Test
    void aNameOfAnotherScriptMustNotLookLikeOneThatIsThere() {
        claim(nick("ann"), "1");
        assertThat(claim(nick("аnn"), "2")).as("Cyrillic а").contains(nick("ann"));
    }

    @Test
    void aPlainNameMustNotLookLikeOneOfAnotherScript() {
        claim(nick("аnn"), "1");
        assertThat(claim(nick("ann"), "2")).contains(nick("аnn"));
    }

    @ParameterizedTest
    @CsvSource({"ann,АNN", "bob,ВОВ", "Ivan,Іvаn", "tom,ТОМ"})
    void capitalsOfAnotherScriptLookLikeSmallLetters(String plain, String fake) {
        claim(nick(plain), "1");
        assertThat(claim(nick(fake), "2")).contains(nick(plain));
    }

    @Test
    void plainNamesMayLookAlike() {
        claim(nick("小明"), "0");
        assertThat(claim(nick("bill"), "1")).isEmpty();
        assertThat(claim(nick("bi11"), "2")).isEmpty();
        table.release(new UserId("2"));
        assertThat(claim(nick("bіll"), "3")).as("Cyrillic і").contains(nick("bill"));
    }
}
