package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import org.junit.jupiter.api.Test;

class RegistrarTest extends AccountsFixture {
    @Test
    void aNameIsRegisteredOnce() {
        register("ann", "sesame");
        assertThat(reason(register("ANN", "other"))).isEqualTo(Reason.EXISTS);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "other"))).isEqualTo(Reason.WRONG);
    }

    @Test
    void unsuitablePasswordsAreRefused() {
        assertThat(reason(register("ann", "abc"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(register("ann", "\u00AD\u00AD\u00AD\u00AD"))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(register("ann", "x".repeat(2000)))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(register("ann", " ".repeat(8)))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(owner("ann")).isEmpty();
    }

    @Test
    void anEmailAddressIsStoredAndCanBeRequired() {
        assertThat(reason(answer(accounts.register(Nick.of("ann"), "sesame", "nonsense", HERE))))
                .isEqualTo(Reason.BAD_EMAIL);
        accounts = with(SomeSettings.withEmail());
        assertThat(reason(register("ann", "sesame"))).isEqualTo(Reason.BAD_EMAIL);
        Result<Account> done = answer(accounts.register(Nick.of("ann"), "sesame", "ann@example.net", HERE));
        assertThat(((Done<Account>) done).value().email()).isEqualTo("ann@example.net");
    }

    @Test
    void registrationsAreLimitedByAddress() {
        accounts = with(SomeSettings.paced(OFTEN, OFTEN, new Pace(1, 6)));
        assertThat(reason(register("ann", "x"))).as("what fails does not count").isEqualTo(Reason.WEAK_PASSWORD);
        register("ann", "sesame");
        assertThat(reason(register("bob", "sesame"))).isEqualTo(Reason.THROTTLED);
        assertThat(answer(accounts.register(Nick.of("bob"), "sesame", "", THERE)))
                .isInstanceOf(Done.class);
    }
}
