package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountModeration.NewCode;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.Result.Refused;
import io.teahouse.account.ScriptedAccountStore.Mood;
import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountModerationTest extends AccountsFixture {
    private static final Nick ANN = Nick.of("ann");

    private Result<Account> suspend(Optional<Instant> until) {
        return answer(accounts.moderation().suspend("ANN", new Suspension("root", "spam", Instant.now(), until)));
    }

    private String token() {
        return ((Done<NewToken>) answer(accounts.createToken(ANN, "", accounts.changes())))
                .value()
                .text();
    }

    private Result<TokenSession> use(String token) {
        return answer(accounts.loginByToken(token, Optional.empty(), HERE));
    }

    @Test
    void nobodyLogsInToASuspendedAccountByAnyMeans() {
        register("ann", "sesame");
        String token = token();
        long before = accounts.changes();
        assertThat(suspend(Optional.empty())).isInstanceOf(Done.class);
        Result<Account> byPassword = login("ann", "sesame");
        assertThat(reason(byPassword)).isEqualTo(Reason.SUSPENDED);
        assertThat(((Refused<Account>) byPassword).why()).isEqualTo("your account is suspended: spam");
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.SUSPENDED);
        assertThat(reason(use(token))).isEqualTo(Reason.SUSPENDED);
        assertThat(reason(answer(accounts.createToken(ANN, "", before)))).isEqualTo(Reason.SUSPENDED);
        assertThat(reason(answer(accounts.changePassword("ann", "sesame", "other sesame", HERE))))
                .isEqualTo(Reason.SUSPENDED);
        assertThat(accounts.isChangedSince(before, ANN))
                .as("who is about to enter")
                .isTrue();
        assertThat(reason(login("ann", "wrong"))).as("only the owner is told").isEqualTo(Reason.WRONG);
    }

    @Test
    void everythingWorksAgainWhenItIsLifted() {
        register("ann", "sesame");
        String token = token();
        suspend(Optional.empty());
        assertThat(answer(accounts.moderation().lift("ann"))).isInstanceOf(Done.class);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(use(token)).isInstanceOf(Done.class);
        assertThat(reason(answer(accounts.moderation().lift("ann")))).isEqualTo(Reason.NO_SUCH_ACCOUNT);
    }

    @Test
    void aSuspensionIsOverWhenItsTimeIs() {
        register("ann", "sesame");
        suspend(Optional.of(Instant.now().plusSeconds(60)));
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.SUSPENDED);
        suspend(Optional.of(Instant.now()));
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    @Test
    void aResetCodeLogsInInsteadOfThePassword() {
        register("ann", "sesame");
        String token = token();
        Result<NewCode> made = answer(accounts.moderation().resetPassword("ann"));
        NewCode code = ((Done<NewCode>) made).value();
        assertThat(code.toString()).doesNotContain(code.code());
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.WRONG);
        assertThat(reason(use(token))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", code.code())).isInstanceOf(Done.class);
        assertThat(answer(accounts.changePassword("ann", code.code(), "new sesame", HERE)))
                .isInstanceOf(Done.class);
    }

    @Test
    void aRenamedAccountLogsInByItsNewNameOnly() {
        register("ann", "sesame");
        String token = token();
        assertThat(reason(answer(accounts.moderation().rename("ann", "a b")))).isEqualTo(Reason.BAD_NAME);
        assertThat(answer(accounts.moderation().rename("ann", "anna"))).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.WRONG);
        assertThat(login("anna", "sesame")).isInstanceOf(Done.class);
        assertThat(use(token)).isInstanceOf(Done.class);
        assertThat(owner("ann")).as("reserved").contains("anna");
        assertThat(reason(register("ann", "sesame"))).isEqualTo(Reason.EXISTS);
        store.now(Mood.FAILS);
        assertThat(owner("anna")).as("known").contains("anna");
    }

    @Test
    void whoLooksForNoAccountIsToldSo() {
        AccountModeration moderation = accounts.moderation();
        assertThat(reason(answer(moderation.find("ann")))).isEqualTo(Reason.NO_SUCH_ACCOUNT);
        assertThat(reason(answer(moderation.resetPassword("ann")))).isEqualTo(Reason.NO_SUCH_ACCOUNT);
        assertThat(reason(suspend(Optional.empty()))).isEqualTo(Reason.NO_SUCH_ACCOUNT);
        assertThat(reason(answer(moderation.rename("ann", "bob")))).isEqualTo(Reason.NO_SUCH_ACCOUNT);
        store.now(Mood.FAILS);
        assertThat(reason(answer(moderation.find("ann")))).isEqualTo(Reason.AWAY);
    }

    @Test
    void tokensAreRevokedAllAtOnce() {
        Account ann = ((Done<Account>) register("ann", "sesame")).value();
        String token = token();
        long before = accounts.changes();
        assertThat(answer(accounts.moderation().revokeTokens(ann))).isEqualTo(new Done<>(1));
        assertThat(reason(use(token))).isEqualTo(Reason.WRONG);
        assertThat(accounts.isChangedSince(before, ANN)).isTrue();
        assertThat(answer(accounts.moderation().list("A*", "", 9)).map(List::size))
                .isEqualTo(new Done<>(1));
    }
}
