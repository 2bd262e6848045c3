package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.Account;
import io.teahouse.account.Accounts;
import io.teahouse.account.LoginToken;
import io.teahouse.account.Result;
import io.teahouse.account.SomeSettings;
import io.teahouse.room.Nick;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.Entrance;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import io.teahouse.user.UserSnapshot;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When the login of a client, ann, is confirmed. */
class ClientLoginTest {
    private static final NickRules RULES = new NickRules(32, CaseMapping.ASCII);
    private static final Nick ANN = Nick.of("ann");

    /** Does what the login asks for when the test says so. */
    private static final class LateUser implements ClientLogin.Subject {
        final List<Runnable> asked = new ArrayList<>();

        @Override
        public Optional<Nick> nick() {
            return Optional.of(ANN);
        }

        @Override
        public Optional<UserSnapshot> user() {
            return Optional.empty();
        }

        @Override
        public void logIn(Nick account, boolean rename, Runnable then) {
            asked.add(then);
        }

        @Override
        public boolean logOut(Runnable then) {
            asked.add(then);
            return true;
        }

        @Override
        public void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {}

        @Override
        public void disconnectOthers(String reason) {}

        @Override
        public void disconnectOthers(LoginToken token, String reason) {}
    }

    private static final class Blocking implements ClientAccount.Waiting {
        @Override
        public <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then) {
            then.accept(Optional.of(answer.toCompletableFuture().join()));
        }
    }

    private final InetAddress from = InetAddress.getLoopbackAddress();
    private final Accounts accounts = SomeSettings.accounts(SomeSettings.scram());
    private final LateUser user = new LateUser();
    private final ClientLogin login = new ClientLogin(
            accounts,
            RULES,
            new LocalUserDirectory(RULES),
            from,
            new ClientAccount(accounts, from, new Blocking()),
            user,
            Entrance.OPEN);
    private final List<Result<Account>> told = new ArrayList<>();

    @Test
    void aRegistrationIsConfirmedWhenTheUserHasTheAccount() {
        login.register("ann", "sesame", "", told::add);
        assertThat(told).isEmpty();
        user.asked.remove(0).run();
        assertThat(told).singleElement().isInstanceOf(Result.Done.class);
    }

    @Test
    void aLoginIsConfirmedWhenTheUserHasTheAccount() {
        accounts.register(ANN, "sesame", "", from).toCompletableFuture().join();
        login.password("ann", "sesame", told::add);
        assertThat(told).isEmpty();
        user.asked.remove(0).run();
        assertThat(told).singleElement().isInstanceOf(Result.Done.class);
    }

    @Test
    void aWrongPasswordIsRefusedAtOnce() {
        accounts.register(ANN, "sesame", "", from).toCompletableFuture().join();
        login.password("ann", "open", told::add);
        assertThat(told).singleElement().isInstanceOf(Result.Refused.class);
        assertThat(user.asked).isEmpty();
    }
}
