package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tokens by which devices stay logged in, logs in by them, and revokes them. Thread-safe; no returned stage fails. */
final class TokenLogin {
    private static final Logger LOG = LoggerFactory.getLogger(TokenLogin.class);

    /** Longer labels are cut, in characters (Unicode code points). */
    private static final int LONGEST_LABEL = 64;

    /** A use is stored when the last one was stored so long ago. */
    private static final Duration EXACT = Duration.ofHours(1);

    private final AccountSettings.Tokens settings;
    private final AccountStore store;
    private final AccountLookup lookup;
    private final AsyncCalls calls;
    private final LoginThrottle throttle;
    private final LoginCompletion completion;
    private final RevocationLog changes;

    /** @param changes which passwords were changed, and which tokens were revoked */
    TokenLogin(
            AccountSettings.Tokens settings,
            AccountStore store,
            AccountLookup lookup,
            AsyncCalls calls,
            LoginThrottle throttle,
            LoginCompletion completion,
            RevocationLog changes) {
        this.settings = settings;
        this.store = store;
        this.lookup = lookup;
        this.calls = calls;
        this.throttle = throttle;
        this.completion = completion;
        this.changes = changes;
    }

    /** See {@link Accounts#loginByToken}. */
    CompletionStage<Result<TokenSession>> login(String text, Optional<String> name, InetAddress from) {
        LoginThrottle.Attempt attempt = throttle.token(from);
        if (attempt.isRefused()) {
            return completed(attempt.refusal(LoginAttempts.TOO_MANY));
        }
        Optional<TokenText> given = TokenText.parse(text);
        return (given.isEmpty()
                        ? completed(TokenLogin.<TokenSession>fail(from))
                        : calls.<Optional<LoginToken>, TokenSession>ask(
                                () -> store.tokens().find(given.get().id()),
                                found -> check(given.get(), found, name, from)))
                .thenApply(attempt::settle);
    }

    private CompletionStage<Result<TokenSession>> check(
            TokenText given, Optional<LoginToken> found, Optional<String> name, InetAddress from) {
        boolean right = given.matches(found.map(LoginToken::hash).orElse(TokenText.NO_HASH));
        if (!right || found.isEmpty() || !found.get().isValid(Instant.now(), settings.valid())) {
            return completed(fail(from));
        }
        LoginToken token = found.get();
        return calls.ask(() -> lookup.findKey(token.account()), account -> enter(token, account, name, from));
    }

    private CompletionStage<Result<TokenSession>> enter(
            LoginToken token, FoundAccount found, Optional<String> name, InetAddress from) {
        boolean isTheirs = name.isEmpty()
                || lookup.key(name.get()).filter(found.key()::equals).isPresent();
        if (found.account().filter(account -> account.reset().isEmpty()).isEmpty() || !isTheirs) {
            return completed(fail(from));
        }
        noteUse(token);
        return completion
                .succeed(found, from)
                .thenApply(result -> result.map(account -> new TokenSession(account, token)));
    }

    /** See {@link Accounts#authorize(String, InetAddress)}. */
    CompletionStage<Result<Account>> authorize(RequestTokens.Entry token, InetAddress from) {
        return calls.ask(() -> lookup.findKey(token.account()), found -> {
            boolean isValid = found.account().filter(it -> it.reset().isEmpty()).isPresent()
                    && !changes.isChangedSince(token.then(), token.account());
            return isValid ? completion.succeed(found, from) : completed(fail(from));
        });
    }

    /** If that fails, the client is logged in all the same. */
    private void noteUse(LoginToken token) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (token.used().plus(EXACT).isBefore(now)) {
            calls.<Boolean, Boolean>ask(
                    () -> store.tokens().recordUse(token.id(), now), used -> completed(new Done<>(used)));
        }
    }

    private static <T> Result<T> fail(InetAddress from) {
        LOG.info("login by a token failed: {}", from.getHostAddress());
        return Result.refused(Reason.WRONG, "that token is not valid, or no longer");
    }

    /** See {@link Accounts#createToken}. */
    CompletionStage<Result<NewToken>> create(Nick name, String label, long then) {
        if (settings.perAccount() == 0) {
            return completed(Result.refused(Reason.OFF, "there are no tokens here"));
        }
        return calls.ask(() -> lookup.find(name), found -> {
            Optional<Account> account = found.account();
            if (account.isEmpty()) {
                return completed(gone());
            } else if (account.get().reset().isPresent()) {
                return completed(Result.refused(Reason.WRONG, "set a new password first"));
            }
            Optional<Suspension> suspension = account.get().suspended(Instant.now());
            if (suspension.isPresent()) {
                return completed(LoginCompletion.suspended(suspension.get()));
            }
            return add(name, label, then);
        });
    }

    private CompletionStage<Result<NewToken>> add(Nick name, String label, long then) {
        TokenText text = TokenText.random();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        LoginToken fresh = new LoginToken(text.id(), name.key(), 0, text.hash(), oneLine(label), now, now);
        return calls.ask(
                () -> store.tokens().add(fresh, settings.perAccount(), now.minus(settings.valid())), stored -> {
                    if (stored.isEmpty()) {
                        return completed(gone());
                    } else if (changes.isChangedSince(then, name.key())) {
                        return remove(stored.get()).thenApply(any -> gone());
                    }
                    LOG.info("token created: {}", stored.get());
                    return completed(new Done<>(new NewToken(text.text(), stored.get())));
                });
    }

    private static <T> Result<T> gone() {
        return Result.refused(Reason.WRONG, "log in again first");
    }

    private static String oneLine(String label) {
        return label.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST_LABEL)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /** The valid tokens of an account, by number. */
    CompletionStage<Result<List<LoginToken>>> all(Nick name) {
        Instant now = Instant.now();
        return calls.ask(
                () -> store.tokens().findByAccount(name.key()),
                all -> completed(new Done<>(all.stream()
                        .filter(token -> token.isValid(now, settings.valid()))
                        .toList())));
    }

    /** See {@link Accounts#revokeToken}. */
    CompletionStage<Result<Optional<LoginToken>>> revoke(Nick name, int number) {
        return calls.ask(() -> store.tokens().remove(name.key(), number), removed -> {
            removed.ifPresent(token -> {
                changes.changed(mark(token));
                LOG.info("token revoked: {}", token);
            });
            return completed(new Done<>(removed));
        });
    }

    /** Revokes all tokens of an account; returns how many there were. */
    CompletionStage<Result<Integer>> revokeAll(Nick name) {
        return calls.ask(() -> store.tokens().removeAll(name.key()), removed -> completed(new Done<>(removed)));
    }

    private CompletionStage<Result<Boolean>> remove(LoginToken token) {
        return calls.ask(
                () -> store.tokens().remove(token.account(), token.number()),
                removed -> completed(new Done<>(removed.isPresent())));
    }

    /** See {@link Accounts#isRevokedSince}. */
    boolean isRevokedSince(long then, LoginToken token) {
        return changes.isChangedSince(then, mark(token));
    }

    /** Stands for a token among accounts, none of which has a blank in its name. */
    private static String mark(LoginToken token) {
        return "token " + token.id();
    }
}
