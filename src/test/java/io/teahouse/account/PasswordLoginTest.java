package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.Result.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordLoginTest extends AccountsFixture {
    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a b", ""})
    void anUnknownAccountIsAnsweredLikeAWrongPassword(String name) {
        register("ann", "sesame");
        assertThat(login(name, "sesame")).isEqualTo(login("ann", "wrong"));
        assertThat(reason(login("ann", ""))).isEqualTo(Reason.WRONG);
    }

    @Test
    void credentialsOfOtherSettingsAreRenewedAtTheNextLogin() {
        accounts = with(SomeSettings.argon2());
        register("ann", "sesame");
        accounts = with(SomeSettings.scram());
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        login("bob", "waits for its turn behind the hashing");
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
    }

    @Test
    void loginsBeyondTheQueueAreToldToTryAgainAndDoNotCountAsFailures() {
        accounts = with(SomeSettings.paced(new Pace(20, 0.01), OFTEN, OFTEN));
        register("ann", "sesame");
        List<CompletionStage<Result<Account>>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(accounts.login("ann", "sesame", HERE));
        }
        List<Result<Account>> answers =
                all.stream().map(AccountsFixture::answer).toList();
        assertThat(answers).anyMatch(Done.class::isInstance);
        assertThat(answers)
                .filteredOn(Refused.class::isInstance)
                .isNotEmpty()
                .allMatch(refused -> reason(refused) == Reason.BUSY);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    @Test
    void storedNetworksRevealNoAddressAndAreBounded() {
        register("ann", "sesame");
        for (int i = 0; i < 6; i++) {
            login("ann", "sesame", address("198.51." + i + ".7"));
        }
        Account ann = store.find("ann").toCompletableFuture().join().orElseThrow();
        assertThat(ann.networks())
                .hasSize(SomeSettings.scram().attempts().knownNetworks())
                .doesNotHaveDuplicates()
                .allMatch(each -> each.matches("[0-9a-f]{16}\\.[0-9a-f]{16}"));
        login("bob", "x");
        register("bob", "sesame");
        login("bob", "sesame", address("198.51.5.7"));
        Account bob = store.find("bob").toCompletableFuture().join().orElseThrow();
        assertThat(bob.networks()).doesNotContainAnyElementsOf(ann.networks());
    }
}
