package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.Result.Refused;
import io.teahouse.account.ScriptedAccountStore.Mood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScramLoginTest extends AccountsFixture {
    @Test
    void scramChecksThePasswordWithoutSeeingIt() {
        register("ann", "пароль");
        ScramClient client = new ScramClient("Ann", "пароль");
        Result<Challenge.Success> won = scram(client);
        assertThat(won).isInstanceOf(Done.class);
        assertThat(((Done<Challenge.Success>) won).value().account().name().text())
                .isEqualTo("ann");
        assertThat(client.knows(((Done<Challenge.Success>) won).value().message()))
                .isTrue();
        assertThat(reason(scram(new ScramClient("ann", "wrong")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void scramForAnUnknownAccountFailsOnlyAtTheEnd() {
        Result<Challenge> first = answer(accounts.challenge(new ScramClient("eve", "x").first(), HERE));
        Result<Challenge> second = answer(accounts.challenge(new ScramClient("eve", "x").first(), HERE));
        String challenge = ((Done<Challenge>) first).value().message();
        assertThat(challenge).matches("r=[^,]+,s=[A-Za-z0-9+/]{22}==,i=4096");
        assertThat(challenge.replaceAll("r=[^,]+", ""))
                .isEqualTo(((Done<Challenge>) second).value().message().replaceAll("r=[^,]+", ""));
        assertThat(reason(scram(new ScramClient("eve", "x")))).isEqualTo(Reason.WRONG);
        assertThat(reason(answer(accounts.challenge("nonsense", HERE)))).isEqualTo(Reason.WRONG);
    }

    @Test
    void theSecretIsRequestedUntilTheStoreAnswers() {
        store.now(Mood.FAILS);
        scram(new ScramClient("ann", "x"));
        assertThat(store.secrets()).isEqualTo(1);
        store.now(Mood.ANSWERS);
        scram(new ScramClient("ann", "x"));
        scram(new ScramClient("ann", "x"));
        assertThat(store.secrets()).isEqualTo(2);
    }

    @Test
    void scramIsNotOfferedForPasswordsHashedByArgon2() {
        accounts = with(SomeSettings.argon2());
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "other"))).isEqualTo(Reason.WRONG);
        assertThat(accounts.settings().scram()).isFalse();
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void aResetCodeWorksByScram() {
        ResetCode code = reset(Instant.now().plusSeconds(60));
        assertThat(scram(new ScramClient("ann", code.text()))).isInstanceOf(Done.class);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
    }

    private Result<Challenge.Success> scramWith(Runnable inBetween) {
        register("ann", "sesame");
        ScramClient client = new ScramClient("ann", "sesame");
        Challenge begun = ((Done<Challenge>) answer(accounts.challenge(client.first(), HERE))).value();
        inBetween.run();
        return answer(accounts.finish(begun, client.answer(begun.message()), HERE));
    }

    @Test
    void anExchangeOfBeforeASuspensionEndsWithARefusal() {
        Suspension suspension = new Suspension("root", "spam", Instant.now(), Optional.empty());
        assertThat(reason(scramWith(() -> answer(accounts.moderation().suspend("ann", suspension)))))
                .isEqualTo(Reason.SUSPENDED);
    }

    @Test
    void anExchangeOfBeforeAPasswordChangeEndsWithARefusal() {
        assertThat(reason(scramWith(() -> answer(accounts.changePassword("ann", "sesame", "other sesame", HERE)))))
                .isEqualTo(Reason.WRONG);
    }

    @Test
    void anExchangeOfBeforeAnAccountWasRemovedEndsWithARefusal() {
        assertThat(reason(scramWith(
                        () -> store.delete("ann").toCompletableFuture().join())))
                .isEqualTo(Reason.WRONG);
    }

    @Test
    void anUnfinishedExchangeCountsAsAFailure() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
        assertThat(answer(accounts.challenge(new ScramClient("ann", "x").first(), HERE)))
                .isInstanceOf(Done.class);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.THROTTLED);
    }

    /** A full hashing queue is a problem of the server, not a failure of the client. */
    @Test
    void anExchangeThatMeetsAFullQueueDoesNotCountAsAFailure() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(5, 0.01), OFTEN));
        register("ann", "sesame");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Supplier<Boolean> slow = () -> {
            running.countDown();
            return await(done);
        };
        accounts.verify("PASS", () -> false, slow, THERE);
        assertThat(await(running)).isTrue(); // it is no longer in the queue
        List<CompletionStage<Result<Challenge>>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(accounts.challenge(new ScramClient("ann", "x").first(), HERE));
        }
        done.countDown();
        List<Result<Challenge>> begun =
                all.stream().map(AccountsFixture::answer).toList();
        assertThat(begun).filteredOn(Done.class::isInstance).hasSize(4);
        assertThat(begun)
                .filteredOn(Refused.class::isInstance)
                .hasSize(16)
                .allMatch(refused -> reason(refused) == Reason.BUSY);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
