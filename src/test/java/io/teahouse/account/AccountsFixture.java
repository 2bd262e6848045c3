package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.Result.Refused;
import io.teahouse.room.Nick;
import io.teahouse.user.CaseMapping;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Accounts in a scripted store, with a clock that the test controls. */
abstract class AccountsFixture {
    static final InetAddress HERE = address("192.0.2.1");
    static final InetAddress THERE = address("192.0.2.2");
    static final Pace OFTEN = new Pace(1000, 1000);

    final ScriptedAccountStore store = new ScriptedAccountStore(CaseMapping.ASCII);
    final AtomicLong clock = new AtomicLong();
    Accounts accounts = with(SomeSettings.scram());

    Accounts with(AccountSettings settings) {
        return new Accounts(settings, store, CaseMapping.ASCII, AccountsFixture::nick, clock::get);
    }

    private static Optional<Nick> nick(String text) {
        try {
            return Optional.of(Nick.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static <T> Result<T> answer(CompletionStage<Result<T>> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    static Reason reason(Result<?> answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused<?>) answer).reason();
    }

    Result<Account> register(String name, String password) {
        return answer(accounts.register(Nick.of(name), password, "", HERE));
    }

    /** The account that owns a name. */
    Optional<String> owner(String name) {
        Result<Optional<Nick>> result = answer(accounts.findOwner(Nick.of(name)));
        assertThat(result).isInstanceOf(Done.class);
        return ((Done<Optional<Nick>>) result).value().map(Nick::text);
    }

    Result<Account> login(String name, String password) {
        return login(name, password, HERE);
    }

    Result<Account> login(String name, String password, InetAddress from) {
        return answer(accounts.login(name, password, from));
    }

    Result<Challenge.Success> scram(ScramClient client) {
        Result<Challenge> begun = answer(accounts.challenge(client.first(), HERE));
        if (begun instanceof Done<Challenge> done) {
            return answer(
                    accounts.finish(done.value(), client.answer(done.value().message()), HERE));
        }
        return begun.map(none -> {
            throw new AssertionError();
        });
    }

    ResetCode reset(Instant until) {
        ResetCode code = ResetCode.make(SomeSettings.scram());
        Account ann = new Account(Nick.of("ann"), Instant.EPOCH, "", code.credentials())
                .withReset(new Account.Reset(until, false));
        store.delete("ann").toCompletableFuture().join();
        store.create(ann).toCompletableFuture().join();
        return code;
    }
}
