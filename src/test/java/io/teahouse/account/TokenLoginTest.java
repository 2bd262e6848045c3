package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.AccountSettings.Tokens;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLoginTest extends AccountsFixture {
    private static final Nick ANN = Nick.of("ann");

    private NewToken create(String label) {
        Result<NewToken> made = answer(accounts.createToken(ANN, label, accounts.changes()));
        assertThat(made).isInstanceOf(Done.class);
        return ((Done<NewToken>) made).value();
    }

    private Result<TokenSession> use(String text) {
        return answer(accounts.loginByToken(text, Optional.empty(), HERE));
    }

    private List<LoginToken> all() {
        return ((Done<List<LoginToken>>) answer(accounts.tokens(ANN))).value();
    }

    @Test
    void aTokenLogsIn() {
        register("ann", "sesame");
        NewToken made = create("Firefox\r\non a phone");
        assertThat(made.token().label()).isEqualTo("Firefoxon a phone");
        Result<TokenSession> session = use(made.text());
        assertThat(session).isInstanceOf(Done.class);
        assertThat(((Done<TokenSession>) session).value().account().name()).isEqualTo(ANN);
        assertThat(answer(accounts.loginByToken(made.text(), Optional.of("ANN"), HERE)))
                .isInstanceOf(Done.class);
        assertThat(reason(answer(accounts.loginByToken(made.text(), Optional.of("bob"), HERE))))
                .isEqualTo(Reason.WRONG);
    }

    @Test
    void theStoreHasNothingThatLogsIn() {
        register("ann", "sesame");
        NewToken made = create("");
        LoginToken stored = store.tokens()
                .find(made.token().id())
                .toCompletableFuture()
                .join()
                .orElseThrow();
        String secret = made.text().substring(made.text().indexOf('.') + 1);
        assertThat(stored.hash()).doesNotContain(secret);
        assertThat(reason(use(stored.id() + "." + stored.hash()))).isEqualTo(Reason.WRONG);
        assertThat(reason(use(stored.id() + "." + stored.hash().substring(0, secret.length()))))
                .isEqualTo(Reason.WRONG);
        assertThat(made + " " + stored).doesNotContain(secret).doesNotContain(stored.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "x", "Bearer", "äöü", "a.b.c"})
    void whatIsNoTokenIsWrong(String text) {
        assertThat(reason(use(text))).isEqualTo(Reason.WRONG);
    }

    @Test
    void aSecretOfAnotherTokenIsWrong() {
        register("ann", "sesame");
        String one = create("").text();
        String two = create("").text();
        String mixed = one.substring(0, one.indexOf('.')) + two.substring(two.indexOf('.'));
        assertThat(reason(use(mixed))).isEqualTo(Reason.WRONG);
    }

    @Test
    void aRevokedTokenIsWrongAndOthersStay() {
        register("ann", "sesame");
        NewToken one = create("one");
        NewToken two = create("two");
        long before = accounts.changes();
        assertThat(answer(accounts.revokeToken(ANN, one.token().number())).map(Optional::isPresent))
                .isEqualTo(new Done<>(true));
        assertThat(reason(use(one.text()))).isEqualTo(Reason.WRONG);
        assertThat(use(two.text())).isInstanceOf(Done.class);
        assertThat(all()).containsExactly(two.token());
        assertThat(accounts.isRevokedSince(before, one.token())).isTrue();
        assertThat(accounts.isRevokedSince(before, two.token())).isFalse();
        assertThat(answer(accounts.revokeToken(ANN, 9)).map(Optional::isPresent))
                .isEqualTo(new Done<>(false));
    }

    @Test
    void aNewPasswordRevokesAllTokens() {
        register("ann", "sesame");
        NewToken made = create("");
        long before = accounts.changes();
        assertThat(answer(accounts.changePassword("ann", "sesame", "open sesame", HERE)))
                .isInstanceOf(Done.class);
        assertThat(reason(use(made.text()))).isEqualTo(Reason.WRONG);
        assertThat(reason(answer(accounts.createToken(ANN, "", before)))).isEqualTo(Reason.WRONG);
        assertThat(all()).as("asked for by a login with the old password").isEmpty();
    }

    @Test
    void aResetCodeMakesNoTokenAndTakesThemAll() {
        ResetCode code = reset(Instant.now().plusSeconds(60));
        assertThat(login("ann", code.text())).isInstanceOf(Done.class);
        assertThat(reason(answer(accounts.createToken(ANN, "", accounts.changes()))))
                .isEqualTo(Reason.WRONG);
    }

    @Test
    void aRehashedPasswordLeavesTheTokens() {
        accounts = with(SomeSettings.argon2());
        register("ann", "sesame");
        NewToken made = create("");
        accounts = with(SomeSettings.scram());
        login("ann", "sesame");
        login("bob", "waits for its turn behind the hashing");
        assertThat(use(made.text())).isInstanceOf(Done.class);
    }

    @Test
    void aTokenExpiresWhenItIsNotUsed() {
        register("ann", "sesame");
        NewToken made = create("");
        store.tokens().recordUse(made.token().id(), Instant.now().minus(Duration.ofDays(31)));
        assertThat(all()).isEmpty();
        assertThat(reason(use(made.text()))).isEqualTo(Reason.WRONG);
        store.tokens().recordUse(made.token().id(), Instant.now().minus(Duration.ofDays(29)));
        assertThat(use(made.text())).isInstanceOf(Done.class);
        assertThat(all().get(0).used()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    @Test
    void anAccountHasSoManyTokens() {
        register("ann", "sesame");
        NewToken first = create("");
        for (int i = 0; i < 3; i++) {
            create("");
        }
        assertThat(reason(use(first.text()))).isEqualTo(Reason.WRONG);
        assertThat(all()).hasSize(3);
    }

    @Test
    void wrongTokensCountLikeWrongPasswordsAndRightOnesDoNot() {
        accounts = with(SomeSettings.paced(new Pace(3, 0.01), OFTEN, OFTEN));
        register("ann", "sesame");
        String right = create("").text();
        for (int i = 0; i < 10; i++) {
            assertThat(use(right)).isInstanceOf(Done.class);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(reason(use("wrong"))).isEqualTo(Reason.WRONG);
        }
        assertThat(reason(use(right))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.THROTTLED);
        assertThat(answer(accounts.loginByToken(right, Optional.empty(), THERE)))
                .isInstanceOf(Done.class);
    }

    @Test
    void noTokensIsASetting() {
        accounts = with(SomeSettings.scram().withTokens(new Tokens(0, Duration.ofDays(1))));
        register("ann", "sesame");
        assertThat(reason(answer(accounts.createToken(ANN, "", accounts.changes()))))
                .isEqualTo(Reason.OFF);
        assertThat(reason(use("x"))).isEqualTo(Reason.OFF);
    }

    @Test
    void aStoreThatIsAwayIsNoWrongToken() {
        register("ann", "sesame");
        String right = create("").text();
        for (ScriptedAccountStore.Mood mood : List.of(
                ScriptedAccountStore.Mood.FAILS, ScriptedAccountStore.Mood.THROWS, ScriptedAccountStore.Mood.HANGS)) {
            store.now(mood);
            assertThat(reason(use(right))).as(mood.name()).isEqualTo(Reason.AWAY);
            assertThat(reason(answer(accounts.createToken(ANN, "", accounts.changes()))))
                    .isEqualTo(Reason.AWAY);
        }
    }
}
