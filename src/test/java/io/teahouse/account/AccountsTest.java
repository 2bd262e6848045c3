package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.ScriptedAccountStore.Mood;
import io.teahouse.room.Nick;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which account owns a name, also while the store is away. */
class AccountsTest extends AccountsFixture {
    /** With a Cyrillic \u043e. */
    private static final String FAKE_BOB = "b\u043eb";

    @Test
    void aRegisteredUserLogsInUnderAnySpelling() {
        Result<Account> registered = register("Ann", "sesame");
        assertThat(registered).isInstanceOf(Done.class);
        assertThat(login("ANN", "sesame")).isEqualTo(registered);
        assertThat(((Done<Account>) registered).value().name().text()).isEqualTo("Ann");
        assertThat(owner("aNN")).contains("Ann");
        assertThat(owner("bob")).isEmpty();
    }

    @Test
    void withoutAccountsNoNameIsOwned() {
        register("ann", "sesame");
        accounts = with(SomeSettings.off());
        assertThat(reason(register("bob", "sesame"))).isEqualTo(Reason.OFF);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.OFF);
        assertThat(owner("ann")).isEmpty();
    }

    @Test
    void aLookAlikeOfAnAccountIsRefusedAndBelongsToTheAccount() {
        register("Bob", "sesame");
        assertThat(register(FAKE_BOB, "other"))
                .isEqualTo(Result.refused(Reason.EXISTS, "that name looks like Bob, which belongs to an account"));
        assertThat(owner(FAKE_BOB)).contains("Bob");
        assertThat(reason(login(FAKE_BOB, "sesame"))).as("it is no account").isEqualTo(Reason.WRONG);
        assertThat(owner("b0b")).as("plain names may look alike").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"FAILS", "THROWS", "HANGS"})
    void whileTheStoreIsAwayKnownAccountsOwnTheirNamesAndLookAlikes(Mood mood) {
        register("Bob", "sesame");
        register("cyd", "sesame");
        store.delete("cyd").toCompletableFuture().join();
        assertThat(owner("cyd")).isEmpty();
        store.now(mood);
        assertThat(owner("bob")).contains("Bob");
        assertThat(owner(FAKE_BOB)).contains("Bob");
        for (String free : List.of("b0b", "cyd", "\u0441yd", "ann")) {
            assertThat(reason(answer(accounts.findOwner(Nick.of(free))))).isEqualTo(Reason.AWAY);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"FAILS", "THROWS", "HANGS"})
    void whileTheStoreIsAwayRequestsAreRefusedAndNotCounted(Mood mood) {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, new Pace(1, 6)));
        store.now(mood);
        for (int i = 0; i < 2; i++) {
            assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.AWAY);
            assertThat(reason(register("ann", "sesame"))).isEqualTo(Reason.AWAY);
            assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.AWAY);
            assertThat(reason(answer(accounts.findOwner(Nick.of("ann"))))).isEqualTo(Reason.AWAY);
        }
        store.now(Mood.ANSWERS);
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }
}
