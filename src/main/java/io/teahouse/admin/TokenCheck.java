package io.teahouse.admin;

import io.teahouse.account.AccountSettings;
import io.teahouse.account.Networks;
import io.teahouse.account.Throttle;
import io.teahouse.net.BearerToken;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Checks the tokens that requests carry. Wrong ones are limited by address, apart from the passwords of users: failed
 * logins to the chat do not lock out monitoring. Thread-safe.
 */
final class TokenCheck {
    /** What became of a request's token. */
    sealed interface Result {}

    /** The token is right. */
    record Known(AdminToken token) implements Result {}

    /** There is no token, or a wrong one. */
    enum Unknown implements Result {
        UNKNOWN
    }

    /** The address has sent too many wrong tokens, and has to wait. */
    record Throttled(Duration delay) implements Result {}

    private final Supplier<List<AdminToken>> tokens;
    private final Throttle throttle;
    private final LongSupplier clock;
    private final Refusals refusals;

    /**
     * Nobody has sent a wrong one yet.
     *
     * @param tokens those that are valid at this moment
     * @param failures how many wrong ones one address may send
     * @param clock in nanoseconds; monotonic
     * @param refusals are told of wrong ones
     */
    TokenCheck(
            Supplier<List<AdminToken>> tokens, AccountSettings.Pace failures, LongSupplier clock, Refusals refusals) {
        this.refusals = refusals;
        this.tokens = tokens;
        this.throttle = new Throttle(failures);
        this.clock = clock;
    }

    /** @param authorization the field of that name (RFC 6750 §2.1); empty: the request has none */
    Result check(Optional<String> authorization, InetAddress from) {
        Optional<String> given = BearerToken.of(authorization);
        if (given.isEmpty()) {
            return Unknown.UNKNOWN;
        }
        Duration delay = throttle.charge(Networks.household(from), clock.getAsLong());
        if (!delay.isZero()) {
            return new Throttled(delay);
        }
        Optional<AdminToken> found = find(given.get());
        if (found.isEmpty()) {
            refusals.refused(from, "wrong token");
            return Unknown.UNKNOWN;
        }
        throttle.refund(Networks.household(from));
        return new Known(found.get());
    }

    /** Compares with all of them, so that the time does not tell which one came close. */
    private Optional<AdminToken> find(String given) {
        Optional<AdminToken> found = Optional.empty();
        for (AdminToken each : tokens.get()) {
            if (each.secret().matches(given)) {
                found = Optional.of(each);
            }
        }
        return found;
    }
}
