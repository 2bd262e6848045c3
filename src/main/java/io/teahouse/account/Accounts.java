package io.teahouse.account;

import io.teahouse.account.Result.Done;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The accounts of a server: registers users, logs them in, changes their passwords. Thread-safe; every method returns at
 * once, and no returned stage fails: trouble is a {@link Result.Refused}. Passwords are hashed on threads of their own, a
 * bounded number at a time, and attempts are throttled by address and by account. A login to an account that does not
 * exist is answered like a wrong password, after the same work.
 */
public final class Accounts {
    private final AccountSettings settings;
    private final AsyncCalls calls;
    private final AccountLookup lookup;
    private final Registrar registrar;
    private final PasswordLogin passwordLogin;
    private final ScramLogin scramLogin;
    private final TokenLogin tokenLogin;
    private final PasswordChanger passwordChanger;
    private final RevocationLog changes = new RevocationLog();
    private final RequestTokens requestTokens;
    private final SharedPasswords sharedPasswords;
    private final AccountModeration moderation;
    private final LoginTotals logins = new LoginTotals();
    private final Hashing hashing;

    /**
     * Asks the store nothing yet.
     *
     * @param names tells which names look alike, by the same rule as the store
     * @param nicks checks and folds a name; empty: no user can have it
     */
    public Accounts(AccountSettings settings, AccountStore store, Names names, Function<String, Optional<Nick>> nicks) {
        this(settings, store, names, nicks, System::nanoTime);
    }

    /** @param clock in nanoseconds; does not jump */
    Accounts(
            AccountSettings settings,
            AccountStore store,
            Names names,
            Function<String, Optional<Nick>> nicks,
            LongSupplier clock) {
        this.settings = settings;
        AccountSettings.PasswordHashing by = settings.hashing();
        hashing = new Hashing(by.threads(), by.queue(), by.queuePerAddress());
        Passwords passwords = new Passwords(by.scramIterations(), by.memoryKib());
        PasswordPolicy policy = new PasswordPolicy(settings.passwords().minLength());
        int knownNetworks = settings.attempts().knownNetworks();
        LoginThrottle throttle = new LoginThrottle(settings, clock);
        calls = new AsyncCalls(settings.storeTimeout(), hashing);
        lookup = new AccountLookup(store, names, nicks, knownNetworks);
        LoginAttempts attempts = new LoginAttempts(throttle, calls, lookup);
        LoginCompletion completion = new LoginCompletion(store, calls, knownNetworks);
        registrar = new Registrar(settings, store, lookup, policy, passwords, calls, throttle);
        passwordLogin = new PasswordLogin(store, passwords, calls, attempts, completion);
        scramLogin = new ScramLogin(by.scramIterations(), lookup, calls, attempts, completion, changes);
        tokenLogin = new TokenLogin(settings.tokens(), store, lookup, calls, throttle, completion, changes);
        passwordChanger = new PasswordChanger(store, policy, passwords, calls, attempts, changes);
        requestTokens = new RequestTokens(clock);
        sharedPasswords = new SharedPasswords(throttle, calls);
        moderation = new AccountModeration(settings, store, lookup, calls, registrar, tokenLogin, changes, nicks);
    }

    public AccountSettings settings() {
        return settings;
    }

    /**
     * Finds the account that a name belongs to: the account has that name, or one that looks like it. While the store is
     * away, the accounts that were found or registered lately are still known.
     *
     * @return the name of the account; empty: the name is free
     */
    public CompletionStage<Result<Optional<Nick>>> findOwner(Nick name) {
        if (!settings.enabled()) {
            return AsyncCalls.completed(new Done<>(Optional.empty()));
        }
        return calls.<Optional<Account>, Optional<Nick>>ask(
                        () -> lookup.findOwner(name),
                        found -> AsyncCalls.completed(new Done<>(found.map(Account::name))))
                .thenApply(result -> result.isUnavailable()
                        ? lookup.knownOwner(name)
                                .<Result<Optional<Nick>>>map(owner -> new Done<>(Optional.of(owner)))
                                .orElse(result)
                        : result);
    }

    /**
     * Registers an account. Its name must neither be taken nor look like that of another account.
     *
     * @param email may be empty
     */
    public CompletionStage<Result<Account>> register(Nick name, String password, String email, InetAddress from) {
        return registrar.register(name, password, email, from);
    }

    /** Logs in by the password of the account, or its reset code. */
    public CompletionStage<Result<Account>> login(String name, String password, InetAddress from) {
        return (settings.enabled() ? passwordLogin.login(name, password, from) : AsyncCalls.<Account>completed(off()))
                .thenApply(logins::count);
    }

    /**
     * Begins a login by SCRAM-SHA-256. It counts as a failed attempt until it succeeds.
     *
     * @param message the client's first message
     */
    public CompletionStage<Result<Challenge>> challenge(String message, InetAddress from) {
        return (settings.scram()
                        ? scramLogin.begin(message, from)
                        : AsyncCalls.<Challenge>completed(LoginCompletion.wrong()))
                .thenApply(result -> result instanceof Result.Refused<Challenge> ? logins.count(result) : result);
    }

    /**
     * Ends a login by SCRAM-SHA-256; once for each challenge.
     *
     * @param message the client's final message
     */
    public CompletionStage<Result<Challenge.Success>> finish(Challenge challenge, String message, InetAddress from) {
        return scramLogin.finish(challenge, message, from).thenApply(logins::count);
    }

    /**
     * Logs in by a token.
     *
     * @param text what the client sent as a token
     * @param name of the account, if the client has said which one it means
     */
    public CompletionStage<Result<TokenSession>> loginByToken(String text, Optional<String> name, InetAddress from) {
        return (settings.offersTokens()
                        ? tokenLogin.login(text, name, from)
                        : AsyncCalls.<TokenSession>completed(
                                Result.refused(Result.Reason.OFF, "there are no tokens here")))
                .thenApply(logins::count);
    }

    /**
     * Makes a token for one request by HTTP within a minute, for a client that is logged in. It is no device, and is not stored.
     *
     * @param then what {@link #changes} was when the client logged in
     */
    public String createRequestToken(Nick name, long then) {
        return requestTokens.create(name.key(), then);
    }

    /** Tells whose request it is, by a token of {@link #createRequestToken} or {@link #createToken}. */
    public CompletionStage<Result<Account>> authorize(String token, InetAddress from) {
        return requestTokens
                .take(token)
                .map(known -> tokenLogin.authorize(known, from))
                .orElseGet(() -> loginByToken(token, Optional.empty(), from)
                        .thenApply(result -> result.map(TokenSession::account)));
    }

    /** Tells whose request it is, by a password. A reset code is refused, and not used up: it is for the login that sets a new password. */
    public CompletionStage<Result<Account>> authorize(String name, String password, InetAddress from) {
        return (settings.enabled()
                        ? passwordLogin.authorize(name, password, from)
                        : AsyncCalls.<Account>completed(off()))
                .thenApply(logins::count);
    }

    /**
     * Makes a token for an account that a client is logged in to. If the account has too many, the one that was used least
     * recently is revoked.
     *
     * @param label what the owner recognizes the device by; control characters are removed, and a long one is cut
     * @param then what {@link #changes} was when the client logged in
     */
    public CompletionStage<Result<NewToken>> createToken(Nick name, String label, long then) {
        return settings.enabled() ? tokenLogin.create(name, label, then) : AsyncCalls.completed(off());
    }

    private static <T> Result<T> off() {
        return Result.refused(Result.Reason.OFF, "there are no accounts here");
    }

    /** The valid tokens of an account, by number. */
    public CompletionStage<Result<List<LoginToken>>> tokens(Nick name) {
        return tokenLogin.all(name);
    }

    /** Revokes a token. Empty: the account has no such token. */
    public CompletionStage<Result<Optional<LoginToken>>> revokeToken(Nick name, int number) {
        return tokenLogin.revoke(name, number);
    }

    /**
     * Whether a token was revoked since.
     *
     * @param then what {@link #changes} was at that time
     */
    public boolean isRevokedSince(long then, LoginToken token) {
        return tokenLogin.isRevokedSince(then, token);
    }

    /**
     * Changes the password of an account that a client is logged in to, and revokes all its tokens.
     *
     * @param old the current password, or a reset code
     */
    public CompletionStage<Result<Account>> changePassword(String name, String old, String to, InetAddress from) {
        return passwordChanger.change(name, old, to, from);
    }

    /** The number of password changes and revoked tokens so far; see {@link #isChangedSince}. */
    public long changes() {
        return changes.now();
    }

    /**
     * Whether the password of an account has been changed since.
     *
     * @param then what {@link #changes} was at that time
     */
    public boolean isChangedSince(long then, Nick name) {
        return changes.isChangedSince(then, name.key());
    }

    /**
     * Checks a password that belongs to no account: the server's, or an operator's. It has the same limits as a login, and
     * waits in the same queue.
     *
     * @param what is tried, for the log; without the password
     * @param isKnown recognises a password that was right before; then nothing is hashed or counted
     * @param isRight checks the password, and may take a while
     */
    public CompletionStage<Result<Boolean>> verify(
            String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, InetAddress from) {
        return sharedPasswords.verify(what, isKnown, isRight, from);
    }

    /** What operators of the server do to accounts. */
    public AccountModeration moderation() {
        return moderation;
    }

    /** How many logins there were; a login by SCRAM counts when it ends, or cannot begin. */
    public LoginTotals logins() {
        return logins;
    }

    /** How many passwords are hashed now, or wait for it. */
    public int hashing() {
        return hashing.jobs();
    }

    /** Counts a wrong room key from that address. */
    public void keyWasWrong(InetAddress from) {
        sharedPasswords.keyWasWrong(from);
    }

    /** Why that address may not try room keys for now, in one line; empty if it may. */
    public Optional<String> whyNoKey(InetAddress from) {
        return sharedPasswords.whyNoKey(from);
    }
}
