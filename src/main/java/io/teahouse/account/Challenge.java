package io.teahouse.account;

import java.util.Optional;

/**
 * An exchange of SCRAM-SHA-256 that has begun; {@link Accounts#finish} ends it.
 *
 * @param account whose it is to be; empty: nobody's, which the client is not told
 */
public record Challenge(Optional<Account> account, ScramExchange exchange, Attempts.Admitted attempt) {
    /** What the client is sent. */
    public String message() {
        return exchange.challenge();
    }

    /** How it ended. */
    public record Won(Account account, String message) {}
}
