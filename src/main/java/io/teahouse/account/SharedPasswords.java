package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords that belong to no account: the server's and its operators', and the keys of rooms, which rooms check
 * themselves. Limited by address like logins. Thread-safe; no returned stage fails.
 */
final class SharedPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPasswords.class);

    private final LoginThrottle throttle;
    private final AsyncCalls calls;

    SharedPasswords(LoginThrottle throttle, AsyncCalls calls) {
        this.throttle = throttle;
        this.calls = calls;
    }

    /** See {@link Accounts#verify}. */
    CompletionStage<Result<Boolean>> verify(
            String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, InetAddress from) {
        LoginThrottle.Attempt attempt = throttle.password(from);
        if (attempt.isRefused()) {
            return completed(attempt.refusal(LoginAttempts.TOO_MANY));
        } else if (isKnown.get()) {
            attempt.forgive();
            return completed(new Done<>(true));
        }
        return calls.<Boolean, Boolean>hash(from, isRight, right -> completed(outcome(what, right, from)))
                .thenApply(attempt::settle);
    }

    private static Result<Boolean> outcome(String what, boolean right, InetAddress from) {
        if (right) {
            LOG.info("{}: right password, from {}", what, from.getHostAddress());
            return new Done<>(true);
        }
        LOG.warn("{}: wrong password, from {}", what, from.getHostAddress());
        return Result.refused(Reason.WRONG, "wrong password");
    }

    /** Counts a wrong room key from that address. */
    void keyWasWrong(InetAddress from) {
        throttle.roomKey(from); // counts
    }

    /** Why that address may not try room keys for now, in one line; empty if it may. */
    Optional<String> whyNoKey(InetAddress from) {
        LoginThrottle.Attempt attempt = throttle.roomKey(from);
        if (attempt.isRefused()) {
            return Optional.of(attempt.why("too many wrong keys"));
        }
        attempt.forgive();
        return Optional.empty();
    }
}
