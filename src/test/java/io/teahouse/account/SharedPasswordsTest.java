package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import org.junit.jupiter.api.Test;

class SharedPasswordsTest extends AccountsFixture {
    /** The passwords of the server and its operators. */
    @Test
    void serverAndOperatorPasswordsAreLimitedLikeLogins() {
        accounts = with(SomeSettings.paced(new Pace(2, 6), OFTEN, OFTEN));
        assertThat(answer(accounts.verify("OPER", () -> false, () -> true, HERE)))
                .isEqualTo(new Done<>(true));
        assertThat(reason(answer(accounts.verify("OPER", () -> false, () -> false, HERE))))
                .isEqualTo(Reason.WRONG);
        assertThat(reason(login("ann", "wrong"))).isEqualTo(Reason.WRONG);
        assertThat(reason(answer(accounts.verify("OPER", () -> false, () -> true, HERE))))
                .isEqualTo(Reason.THROTTLED);
        assertThat(answer(accounts.verify("OPER", () -> false, () -> true, THERE)))
                .isEqualTo(new Done<>(true));
    }

    /** Many clients may reconnect at once, from one gateway. */
    @Test
    void aKnownRightPasswordIsNeitherHashedNorCounted() {
        accounts = with(SomeSettings.withLogins(new Pace(1, 6)));
        for (int i = 0; i < 5; i++) {
            assertThat(answer(accounts.verify(
                            "PASS",
                            () -> true,
                            () -> {
                                throw new AssertionError("not looked at");
                            },
                            HERE)))
                    .isEqualTo(new Done<>(true));
        }
    }
}
