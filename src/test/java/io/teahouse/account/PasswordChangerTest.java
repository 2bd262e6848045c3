package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PasswordChangerTest extends AccountsFixture {
    private Result<Account> change(String name, String old, String to) {
        return answer(accounts.changePassword(name, old, to, HERE));
    }

    @Test
    void aUserWhoKnowsThePasswordSetsAnotherOne() {
        register("Ann", "sesame");
        long before = accounts.changes();
        assertThat(reason(change("ann", "wrong", "open sesame"))).isEqualTo(Reason.WRONG);
        assertThat(reason(change("ann", "sesame", "abc"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(change("ann", "sesame", "sesame"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(change("ann", "sesame", "\u00AD\u00AD\u00AD\u00AD"))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(change("bob", "sesame", "open sesame"))).isEqualTo(Reason.WRONG);
        assertThat(accounts.isChangedSince(before, Nick.of("ann"))).isFalse();
        assertThat(change("ann", "sesame", "open sesame")).isInstanceOf(Done.class);
        assertThat(accounts.isChangedSince(before, Nick.of("ann"))).isTrue();
        assertThat(accounts.isChangedSince(accounts.changes(), Nick.of("ann"))).isFalse();
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "open sesame"))).isInstanceOf(Done.class);
    }

    @Test
    void changesOfPasswordsAreLimitedLikeLogins() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        change("ann", "wrong", "open sesame");
        assertThat(reason(change("ann", "sesame", "open sesame"))).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void aResetCodeReplacesThePasswordOnceUntilAnotherOneIsSet() {
        ResetCode code = reset(Instant.now().plusSeconds(60));
        assertThat(code.text()).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        assertThat(code.toString()).doesNotContain(code.text());
        assertThat(login("ann", code.text())).isInstanceOf(Done.class);
        assertThat(reason(login("ann", code.text()))).isEqualTo(Reason.WRONG);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
        assertThat(change("ann", code.text(), "open sesame")).isInstanceOf(Done.class);
        assertThat(reason(change("ann", code.text(), "mine now"))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
    }

    @Test
    void anExpiredResetCodeIsRefused() {
        ResetCode code = reset(Instant.now().minusSeconds(1));
        assertThat(reason(login("ann", code.text()))).isEqualTo(Reason.WRONG);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
        assertThat(reason(change("ann", code.text(), "open sesame"))).isEqualTo(Reason.WRONG);
    }
}
