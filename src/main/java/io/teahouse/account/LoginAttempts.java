package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Looks up accounts for password checks, as often as the throttle lets an address and an account try. Thread-safe. */
final class LoginAttempts {
    /** The reason that is given to a client that has to wait. */
    static final String TOO_MANY = "too many attempts have failed";

    private final LoginThrottle throttle;
    private final AsyncCalls calls;
    private final AccountLookup lookup;

    LoginAttempts(LoginThrottle throttle, AsyncCalls calls, AccountLookup lookup) {
        this.throttle = throttle;
        this.calls = calls;
        this.lookup = lookup;
    }

    /** Makes an attempt; the result of the check settles it. */
    <T> CompletionStage<Result<T>> check(
            String name, InetAddress from, Function<FoundAccount, CompletionStage<Result<T>>> check) {
        return attempt(name, from, (found, any) -> check.apply(found), LoginThrottle.Attempt::settle);
    }

    /**
     * Begins an attempt whose outcome is not known when {@code begin} is done: it gets the attempt and settles it later,
     * unless it refuses.
     */
    <T> CompletionStage<Result<T>> begin(
            String name,
            InetAddress from,
            BiFunction<FoundAccount, LoginThrottle.Attempt, CompletionStage<Result<T>>> begin) {
        return attempt(
                name,
                from,
                begin,
                (attempt, result) -> result instanceof Result.Done<T> ? result : attempt.settle(result));
    }

    private <T> CompletionStage<Result<T>> attempt(
            String name,
            InetAddress from,
            BiFunction<FoundAccount, LoginThrottle.Attempt, CompletionStage<Result<T>>> then,
            BiFunction<LoginThrottle.Attempt, Result<T>, Result<T>> settle) {
        LoginThrottle.Attempt byAddress = throttle.password(from);
        if (byAddress.isRefused()) {
            return completed(byAddress.refusal(TOO_MANY));
        }
        return calls.<FoundAccount, T>ask(() -> lookup.find(name), found -> {
                    LoginThrottle.Attempt byAccount = throttle.account(found.key(), found.home(from));
                    return byAccount.isRefused()
                            ? completed(byAccount.refusal(TOO_MANY))
                            : then.apply(found, byAddress.and(byAccount))
                                    .thenApply(result -> settle.apply(byAccount, result));
                })
                .thenApply(result -> settle.apply(byAddress, result));
    }
}
