package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Logs in by SCRAM-SHA-256, without seeing the password. Thread-safe; no returned stage fails. */
final class ScramLogin {
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int iterations;
    private final AccountLookup lookup;
    private final AsyncCalls calls;
    private final LoginAttempts attempts;
    private final LoginCompletion completion;
    private final RevocationLog changes;

    /** @param iterations of new verifiers */
    ScramLogin(
            int iterations,
            AccountLookup lookup,
            AsyncCalls calls,
            LoginAttempts attempts,
            LoginCompletion completion,
            RevocationLog changes) {
        this.iterations = iterations;
        this.lookup = lookup;
        this.calls = calls;
        this.attempts = attempts;
        this.completion = completion;
        this.changes = changes;
    }

    /** See {@link Accounts#challenge}. */
    CompletionStage<Result<Challenge>> begin(String message, InetAddress from) {
        Optional<ScramExchange.First> parsed = ScramExchange.First.parse(message);
        if (parsed.isEmpty()) {
            return completed(LoginCompletion.wrong());
        }
        ScramExchange.First first = parsed.get();
        long since = changes.now();
        return attempts.begin(
                first.name(),
                from,
                (found, attempt) -> calls.hash(
                        from,
                        () -> exchange(found, first),
                        exchange -> completed(new Done<>(new Challenge(found, exchange, attempt, since)))));
    }

    private ScramExchange exchange(FoundAccount found, ScramExchange.First first) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return new ScramExchange(
                first, found.scramVerifier(iterations), Base64.getEncoder().encodeToString(nonce));
    }

    /** See {@link Accounts#finish}. */
    CompletionStage<Result<Challenge.Success>> finish(Challenge challenge, String message, InetAddress from) {
        return calls.<Optional<String>, Challenge.Success>hash(
                        from,
                        () -> challenge.exchange().finish(message),
                        signature -> signature.isPresent()
                                ? succeed(challenge, signature.get(), from)
                                : completed(LoginCompletion.fail(from)))
                .thenApply(challenge.attempt()::settle);
    }

    /** Looks the account up again: the client decides how long an exchange takes, and the account may have changed. */
    private CompletionStage<Result<Challenge.Success>> succeed(
            Challenge challenge, String signature, InetAddress from) {
        return calls.ask(
                () -> lookup.findKey(challenge.found().key()),
                now -> mayLogIn(challenge.found(), now)
                        ? completion
                                .succeed(now, from)
                                .thenApply(result -> result.map(
                                        account -> new Challenge.Success(account, signature, challenge.since())))
                        : completed(LoginCompletion.fail(from)));
    }

    private static boolean mayLogIn(FoundAccount before, FoundAccount now) {
        Optional<Credentials> checked = before.account().map(Account::credentials);
        return now.account()
                .filter(account -> account.mayLogIn(Instant.now()))
                .filter(account -> checked.equals(Optional.of(account.credentials())))
                .isPresent();
    }
}
