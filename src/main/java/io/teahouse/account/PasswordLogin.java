package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Logs in by a password that the client sends. Thread-safe; no returned stage fails. */
final class PasswordLogin {
    private final AccountStore store;
    private final Passwords passwords;
    private final AsyncCalls calls;
    private final LoginAttempts attempts;
    private final LoginCompletion completion;

    PasswordLogin(
            AccountStore store,
            Passwords passwords,
            AsyncCalls calls,
            LoginAttempts attempts,
            LoginCompletion completion) {
        this.store = store;
        this.passwords = passwords;
        this.calls = calls;
        this.attempts = attempts;
        this.completion = completion;
    }

    /** See {@link Accounts#login}. */
    CompletionStage<Result<Account>> login(String name, String password, InetAddress from) {
        return login(name, password, from, true);
    }

    /** See {@link Accounts#authorize(String, String, InetAddress)}. */
    CompletionStage<Result<Account>> authorize(String name, String password, InetAddress from) {
        return login(name, password, from, false);
    }

    private CompletionStage<Result<Account>> login(
            String name, String password, InetAddress from, boolean takesResetCode) {
        return Passwords.isUsable(password)
                ? attempts.check(name, from, found -> check(found, password, from, takesResetCode))
                : completed(LoginCompletion.wrong());
    }

    private CompletionStage<Result<Account>> check(
            FoundAccount found, String password, InetAddress from, boolean takesResetCode) {
        Optional<Account> account = found.account();
        return calls.hash(from, () -> passwords.matches(account.map(Account::credentials), password), right -> {
            if (account.isEmpty() || !right || !account.get().mayLogIn(Instant.now())) {
                return completed(LoginCompletion.fail(from));
            } else if (account.get().reset().isEmpty()) {
                renewCredentials(account.get(), password, from);
            } else if (!takesResetCode) {
                return completed(
                        Result.refused(Result.Reason.WRONG, "log in to the chat and set a new password first"));
            }
            return completion.succeed(found, from);
        });
    }

    /** Hashes the password anew if the settings have changed; if that fails, the old credentials stay. */
    private void renewCredentials(Account account, String password, InetAddress from) {
        if (!passwords.isCurrent(account.credentials())) {
            calls.hash(
                    from,
                    () -> passwords.make(password),
                    made -> calls.ask(
                            () -> store.renewCredentials(account.key(), account.credentials(), made.orElseThrow()),
                            replaced -> completed(new Done<>(replaced))));
        }
    }
}
