package io.teahouse.account;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An exchange of SCRAM-SHA-256 that has begun; {@link Accounts#finish} ends it.
 *
 * @param account whose it is to be; empty: nobody's, which the client is not told
 * @param enter what is done when the client has shown that the account is theirs
 */
public record Challenge(
        Optional<Account> account,
        ScramExchange exchange,
        LoginThrottle.Admitted attempt,
        Supplier<CompletionStage<Result<Account>>> enter) {
    /** What the client is sent. */
    public String message() {
        return exchange.challenge();
    }

    /** How it ended. */
    public record Won(Account account, String message) {}
}
