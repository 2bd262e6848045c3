package io.teahouse.account;

/** A login by SCRAM-SHA-256 that has begun; {@link Accounts#finish} ends it. Immutable. */
public final class Challenge {
    private final FoundAccount found;
    private final ScramExchange exchange;
    private final LoginThrottle.Attempt attempt;
    private final long since;

    /** @param since what {@link Accounts#changes} was before the account was looked up */
    Challenge(FoundAccount found, ScramExchange exchange, LoginThrottle.Attempt attempt, long since) {
        this.found = found;
        this.exchange = exchange;
        this.attempt = attempt;
        this.since = since;
    }

    /** The server's first message. */
    public String message() {
        return exchange.challenge();
    }

    FoundAccount found() {
        return found;
    }

    ScramExchange exchange() {
        return exchange;
    }

    LoginThrottle.Attempt attempt() {
        return attempt;
    }

    long since() {
        return since;
    }

    /**
     * The client has shown that the account is theirs.
     *
     * @param message the server's final message, by which the client recognises the server
     * @param since what {@link Accounts#changes} was when the exchange began
     */
    public record Success(Account account, String message, long since) {}
}
