package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes passwords, and sets one in place of a reset code. Thread-safe; no returned stage fails. */
final class PasswordChanger {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordChanger.class);

    private final AccountStore store;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final AsyncCalls calls;
    private final LoginAttempts attempts;
    private final RevocationLog changes;

    PasswordChanger(
            AccountStore store,
            PasswordPolicy policy,
            Passwords passwords,
            AsyncCalls calls,
            LoginAttempts attempts,
            RevocationLog changes) {
        this.store = store;
        this.policy = policy;
        this.passwords = passwords;
        this.calls = calls;
        this.attempts = attempts;
        this.changes = changes;
    }

    /** See {@link Accounts#changePassword}. */
    CompletionStage<Result<Account>> change(String name, String old, String to, InetAddress from) {
        Optional<Result<Account>> objection = policy.objection(to);
        if (objection.isPresent()) {
            return completed(objection.get());
        } else if (old.equals(to)) {
            return completed(Result.refused(Reason.WEAK_PASSWORD, "the new password is the same as the old one"));
        } else if (!Passwords.isUsable(old)) {
            return completed(wrong());
        }
        return attempts.check(name, from, found -> check(found, old, to, from));
    }

    private CompletionStage<Result<Account>> check(FoundAccount found, String old, String to, InetAddress from) {
        Optional<Account> account = found.account();
        return calls.hash(from, () -> passwords.matches(account.map(Account::credentials), old), right -> {
            if (account.isEmpty() || !right || !account.get().maySetPassword(Instant.now())) {
                LOG.info("password not changed, the old one was wrong: {}", from.getHostAddress());
                return completed(wrong());
            }
            Optional<Suspension> suspension = account.get().suspended(Instant.now());
            if (suspension.isPresent()) {
                return completed(LoginCompletion.suspended(suspension.get()));
            }
            return calls.hash(
                    from,
                    () -> passwords.make(to),
                    made -> made.isEmpty()
                            ? completed(PasswordPolicy.unusable())
                            : replace(account.get(), made.get(), from));
        });
    }

    private CompletionStage<Result<Account>> replace(Account account, Credentials to, InetAddress from) {
        return calls.ask(() -> store.replaceCredentials(account.key(), account.credentials(), to), replaced -> {
            if (!replaced) {
                return completed(Result.refused(Reason.BUSY, "the password was changed in the meantime: try again"));
            }
            changes.changed(account.key());
            LOG.info("password changed: {}, from {}", account, from.getHostAddress());
            return completed(new Done<>(account.with(to)));
        });
    }

    private static <T> Result<T> wrong() {
        return Result.refused(Reason.WRONG, "that is not your current password");
    }
}
