package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.answer;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts of a server: registers them and finds out who somebody is. Any thread; every method returns at once, and no
 * stage that is returned fails. Hashing is done on threads of its own, and only so much of it at a time; who fails often
 * has to wait. A name that is nobody's is answered as a wrong password is, after the same work.
 */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final int NONCE_BYTES = 18;
    private static final int LONGEST_EMAIL = 254;
    private static final String TOO_MANY = "too many attempts have failed";

    private final AccountSettings settings;
    private final AccountStore store;
    private final Function<String, Optional<Nick>> names;
    private final Passwords passwords;
    private final AsyncCalls calls;
    private final LoginThrottle throttle;
    private final KnownAccounts met = new KnownAccounts();
    private final PasswordChanges changes = new PasswordChanges();
    private volatile byte @Nullable [] secret;

    /**
     * Nothing is asked of the store yet.
     *
     * @param names checks and folds a name; empty: nobody can be called so
     */
    public Accounts(AccountSettings settings, AccountStore store, Function<String, Optional<Nick>> names) {
        this(settings, store, names, System::nanoTime);
    }

    Accounts(AccountSettings settings, AccountStore store, Function<String, Optional<Nick>> names, LongSupplier clock) {
        this.settings = settings;
        this.store = store;
        this.names = names;
        AccountSettings.PasswordHashing hash = settings.hashing();
        this.passwords = new Passwords(hash.scramIterations(), hash.memoryKib());
        Hashing hashing = new Hashing(hash.threads(), hash.queue(), hash.queuePerAddress());
        this.calls = new AsyncCalls(settings.storeTimeout(), hashing);
        this.throttle = new LoginThrottle(settings, clock);
    }

    public AccountSettings settings() {
        return settings;
    }

    /** Whether that name is somebody's account. Of those that it has met, it knows that while the store is away, too. */
    public CompletionStage<Result<Boolean>> isRegistered(Nick name) {
        return owned(name)
                .thenApply(answer -> answer instanceof Result.Done<Optional<Nick>> done
                        ? new Done<>(done.value().isPresent())
                        : Result.refused(Reason.AWAY, "accounts cannot be asked just now"));
    }

    /**
     * The account that a name belongs to: it is its name, or can be mistaken for it. Of those names that it has met, it
     * knows that while the store is away, too.
     */
    public CompletionStage<Result<Optional<Nick>>> owned(Nick name) {
        if (!settings.enabled()) {
            return answer(new Done<>(Optional.empty()));
        }
        return calls.<Optional<Account>, Optional<Nick>>ask(
                        () -> holder(name), found -> answer(new Done<>(found.map(Account::name))))
                .thenApply(answer -> isAway(answer) && met.has(name.key()) ? new Done<>(Optional.of(name)) : answer);
    }

    private CompletionStage<Optional<Account>> holder(Nick name) {
        return store.find(name.key())
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedFuture(found) : store.findLookAlike(name))
                .thenApply(found -> {
                    met.note(name.key(), found.isPresent());
                    return found;
                });
    }

    private static boolean isAway(Result<?> answer) {
        return answer instanceof Result.Refused<?> refused && refused.reason() == Reason.AWAY;
    }

    private CompletionStage<Optional<Account>> find(String key) {
        return store.find(key).thenApply(found -> {
            met.note(key, found.isPresent());
            return found;
        });
    }

    // Registering

    /**
     * Registers an account.
     *
     * @param email may be empty
     */
    public CompletionStage<Result<Account>> register(Nick name, String password, String email, InetAddress from) {
        Optional<Result<Account>> objection = objection(password, email);
        if (objection.isPresent()) {
            return answer(objection.get());
        }
        LoginThrottle.Admitted attempt = throttle.registration(from);
        if (attempt.isRefused()) {
            return answer(attempt.refusal("too many accounts have been registered from your address"));
        }
        return calls.ask(
                        () -> lookUp(name.key()),
                        found -> found.account().isPresent()
                                ? answer(exists())
                                : calls.ask(
                                        () -> store.findLookAlike(name),
                                        other -> other.isPresent()
                                                ? answer(looksLike(other.get().name()))
                                                : create(name, password, email, found.networksWith(from), from)))
                .thenApply(done -> {
                    if (done instanceof Result.Refused<Account>) {
                        attempt.forgive();
                    }
                    return done;
                });
    }

    private Optional<Result<Account>> objection(String password, String email) {
        if (!settings.registrable()) {
            return Optional.of(Result.refused(Reason.OFF, "accounts cannot be registered here"));
        }
        return objection(password)
                .or(() -> (settings.registration().emailRequired() || !email.isEmpty()) && !isAddress(email)
                        ? Optional.of(Result.refused(Reason.BAD_EMAIL, "give an address such as ann@example.net"))
                        : Optional.empty());
    }

    /** Why that cannot be somebody's password. */
    private Optional<Result<Account>> objection(String password) {
        if (password.codePointCount(0, password.length()) < settings.passwords().minLength()) {
            String why = "a password has at least " + settings.passwords().minLength() + " characters";
            return Optional.of(Result.refused(Reason.WEAK_PASSWORD, why));
        }
        return Passwords.isUsable(password) && !password.isBlank() ? Optional.empty() : Optional.of(badPassword());
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_EMAIL
                && email.indexOf('@') > 0
                && email.indexOf('@') == email.lastIndexOf('@')
                && !email.endsWith("@")
                && email.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
    }

    private CompletionStage<Result<Account>> create(
            Nick name, String password, String email, List<String> networks, InetAddress from) {
        return calls.hash(from, () -> passwords.make(password), made -> {
            if (made.isEmpty()) {
                return answer(badPassword());
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Account account = new Account(name, now, email, made.get(), networks, Optional.empty());
            return calls.ask(() -> store.create(account), created -> {
                if (created == AccountStore.Created.EXISTS) {
                    return answer(exists());
                }
                met.note(account.key(), true);
                LOG.info("registered: {}", account);
                return answer(new Done<>(account));
            });
        });
    }

    private static Result<Account> badPassword() {
        String why = "a password has visible characters, " + Passwords.MOST_CHARACTERS + " at most";
        return Result.refused(Reason.BAD_PASSWORD, why);
    }

    private static Result<Account> exists() {
        return Result.refused(Reason.EXISTS, "that name is somebody's account already");
    }

    private static Result<Account> looksLike(Nick other) {
        return Result.refused(Reason.EXISTS, "that name looks like " + other + ", which is an account");
    }

    // What is known before a password is checked

    /** An account, if there is one of that folded name, and the secret of the store. */
    private final class Found {
        private final String key;
        private final Optional<Account> account;
        private final byte[] secret;

        Found(String key, Optional<Account> account, byte[] secret) {
            this.key = key;
            this.account = account;
            this.secret = secret;
        }

        Optional<Account> account() {
            return account;
        }

        /** What the account's networks are when somebody has logged in from there. */
        List<String> networksWith(InetAddress from) {
            List<String> before = account.map(Account::networks).orElse(List.of());
            return settings.attempts().knownNetworks() == 0
                    ? before
                    : KnownNetworks.with(
                            before,
                            KnownNetworks.entry(secret, key, from),
                            settings.attempts().knownNetworks());
        }

        private Optional<Object> home(InetAddress from) {
            return account.filter(known -> settings.attempts().knownNetworks() > 0)
                    .flatMap(known ->
                            KnownNetworks.find(known.networks(), KnownNetworks.entry(secret, key, from), from));
        }

        /** Counts an attempt for the account, and goes on if it may be made. */
        <T> CompletionStage<Result<T>> attempt(
                InetAddress from, Function<LoginThrottle.Admitted, CompletionStage<Result<T>>> then) {
            LoginThrottle.Admitted attempt = throttle.account(key, home(from));
            return attempt.isRefused() ? answer(attempt.refusal(TOO_MANY)) : then.apply(attempt);
        }
    }

    private CompletionStage<Found> lookUp(String key) {
        return find(key).thenCombine(secret(), (account, secret) -> new Found(key, account, secret));
    }

    /** Asked from the store until it has answered once. */
    private CompletionStage<byte[]> secret() {
        byte[] known = secret;
        return known != null
                ? CompletableFuture.completedFuture(known)
                : store.secret().thenApply(told -> {
                    secret = told;
                    return told;
                });
    }

    /** How it is found; a name that nobody can have is that of nobody. */
    private String key(String name) {
        return names.apply(name).map(Nick::key).orElse("");
    }

    /** Checks a password, if that address may try one more. */
    private <T> CompletionStage<Result<T>> limited(InetAddress from, Supplier<CompletionStage<Result<T>>> check) {
        LoginThrottle.Admitted attempt = throttle.password(from);
        return attempt.isRefused()
                ? answer(attempt.refusal(TOO_MANY))
                : check.get().thenApply(attempt::settle);
    }

    // Logging in by a password

    /** The account, if that is its password or its reset code. */
    public CompletionStage<Result<Account>> login(String name, String password, InetAddress from) {
        if (!settings.enabled()) {
            return answer(Result.refused(Reason.OFF, "there are no accounts here"));
        } else if (!Passwords.isUsable(password)) {
            return answer(wrong());
        }
        return limited(
                from,
                () -> calls.ask(
                        () -> lookUp(key(name)),
                        found -> found.attempt(
                                from, attempt -> check(found, password, from).thenApply(attempt::settle))));
    }

    private CompletionStage<Result<Account>> check(Found found, String password, InetAddress from) {
        Optional<Account> account = found.account();
        return calls.hash(from, () -> passwords.matches(account.map(Account::credentials), password), right -> {
            if (account.isEmpty() || !right || !account.get().mayLogIn(Instant.now())) {
                return answer(wrong(from));
            } else if (account.get().reset().isEmpty()) {
                keepUpToDate(account.get(), password, from);
            }
            return enter(found, from);
        });
    }

    /** Somebody has shown that the account is theirs. */
    private CompletionStage<Result<Account>> enter(Found found, InetAddress from) {
        Account account = found.account().orElseThrow();
        if (account.reset().isPresent()) {
            return calls.ask(
                    () -> store.useReset(account.key()), used -> used ? remember(found, from) : answer(wrong(from)));
        }
        return remember(found, from);
    }

    /** Stores that the owner was there; if that fails, they are logged in all the same. */
    private CompletionStage<Result<Account>> remember(Found found, InetAddress from) {
        Account account = found.account().orElseThrow();
        List<String> networks = found.networksWith(from);
        return networks.equals(account.networks())
                ? answer(new Done<>(account))
                : calls.<Boolean, Boolean>ask(
                                () -> store.noteNetwork(
                                        account.key(),
                                        networks.get(0),
                                        settings.attempts().knownNetworks()),
                                noted -> answer(new Done<>(noted)))
                        .thenApply(any -> new Done<>(account.withNetworks(networks)));
    }

    /** What was made by other settings is made anew while the password is there; if that fails, it stays as it is. */
    private void keepUpToDate(Account account, String password, InetAddress from) {
        if (!passwords.isCurrent(account.credentials())) {
            calls.hash(
                    from,
                    () -> passwords.make(password),
                    made -> calls.ask(
                            () -> store.replaceCredentials(account.key(), account.credentials(), made.orElseThrow()),
                            replaced -> answer(new Done<>(replaced))));
        }
    }

    /** Neither the name nor the password is written down: the one may have been typed in the other's place. */
    private static <T> Result<T> wrong(InetAddress from) {
        LOG.info("login failed: {}", from.getHostAddress());
        return wrong();
    }

    private static <T> Result<T> wrong() {
        return Result.refused(Reason.WRONG, "there is no such account, or that is not its password");
    }

    // Setting another password

    /**
     * Sets another password for an account that somebody is logged in to.
     *
     * @param old the current password, or a reset code
     */
    public CompletionStage<Result<Account>> changePassword(String name, String old, String to, InetAddress from) {
        Optional<Result<Account>> objection = objection(to);
        if (objection.isPresent()) {
            return answer(objection.get());
        } else if (old.equals(to)) {
            return answer(Result.refused(Reason.WEAK_PASSWORD, "the new password is the same as the old one"));
        } else if (!Passwords.isUsable(old)) {
            return answer(notThePassword());
        }
        return limited(
                from,
                () -> calls.ask(
                        () -> lookUp(key(name)),
                        found -> found.attempt(
                                from, attempt -> change(found, old, to, from).thenApply(attempt::settle))));
    }

    private CompletionStage<Result<Account>> change(Found found, String old, String to, InetAddress from) {
        Optional<Account> account = found.account();
        return calls.hash(from, () -> passwords.matches(account.map(Account::credentials), old), right -> {
            if (account.isEmpty() || !right || !account.get().maySetPassword(Instant.now())) {
                LOG.info("password not changed, the old one was wrong: {}", from.getHostAddress());
                return answer(notThePassword());
            }
            return calls.hash(
                    from,
                    () -> passwords.make(to),
                    made -> made.isEmpty() ? answer(badPassword()) : replace(account.get(), made.get(), from));
        });
    }

    private CompletionStage<Result<Account>> replace(Account account, Credentials to, InetAddress from) {
        return calls.ask(() -> store.replaceCredentials(account.key(), account.credentials(), to), replaced -> {
            if (!replaced) {
                return answer(Result.refused(Reason.BUSY, "the password was changed in the meantime: try again"));
            }
            changes.changed(account.key());
            LOG.info("password changed: {}, from {}", account, from.getHostAddress());
            return answer(new Done<>(account.with(to)));
        });
    }

    private static <T> Result<T> notThePassword() {
        return Result.refused(Reason.WRONG, "that is not your current password");
    }

    /** The number of password changes so far; see {@link #isChangedSince}. */
    public long changes() {
        return changes.now();
    }

    /**
     * Whether an account has had another password since.
     *
     * @param then {@link #changes} at that time
     */
    public boolean isChangedSince(long then, Nick name) {
        return changes.isChangedSince(then, name.key());
    }

    // Passwords of other kinds

    /**
     * Checks a password that is not an account's: of the server, or of one of its operators. It has the same limits
     * as a login, and waits in the same queue.
     *
     * @param what is tried, for the log; without the password
     * @param isKnown recognises a password that was right before; then nothing is hashed or counted
     * @param isRight checks the password, and may take a while
     */
    public CompletionStage<Result<Boolean>> verify(
            String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, InetAddress from) {
        LoginThrottle.Admitted attempt = throttle.password(from);
        if (attempt.isRefused()) {
            return answer(attempt.refusal(TOO_MANY));
        } else if (isKnown.get()) {
            attempt.forgive();
            return answer(new Done<>(true));
        }
        return calls.<Boolean, Boolean>hash(from, isRight, right -> {
                    if (right) {
                        LOG.info("{}: right password, from {}", what, from.getHostAddress());
                        return answer(new Done<>(true));
                    }
                    LOG.warn("{}: wrong password, from {}", what, from.getHostAddress());
                    return answer(Result.refused(Reason.WRONG, "wrong password"));
                })
                .thenApply(attempt::settle);
    }

    /** Counts a wrong room key from that address. */
    public void keyWasWrong(InetAddress from) {
        throttle.key(from); // counts
    }

    /** Why that address may not try room keys for now, in one line; empty if it may. */
    public Optional<String> whyNoKey(InetAddress from) {
        LoginThrottle.Admitted attempt = throttle.key(from);
        if (attempt.isRefused()) {
            return Optional.of(attempt.why("too many wrong keys"));
        }
        attempt.forgive();
        return Optional.empty();
    }

    // Logging in by SCRAM-SHA-256

    /**
     * Begins an exchange. It counts as a failed attempt until it is won.
     *
     * @param message the client's first
     */
    public CompletionStage<Result<Challenge>> challenge(String message, InetAddress from) {
        Optional<ScramExchange.First> first = ScramExchange.First.parse(message);
        if (!settings.scram() || first.isEmpty()) {
            return answer(wrong());
        }
        LoginThrottle.Admitted byAddress = throttle.password(from);
        if (byAddress.isRefused()) {
            return answer(byAddress.refusal(TOO_MANY));
        }
        return calls.<Found, Challenge>ask(
                        () -> lookUp(key(first.get().name())),
                        found -> found.attempt(
                                from, byAccount -> begin(found, first.get(), byAddress.and(byAccount), from)))
                .thenApply(answer -> answer instanceof Done ? answer : byAddress.settle(answer));
    }

    private CompletionStage<Result<Challenge>> begin(
            Found found, ScramExchange.First first, LoginThrottle.Admitted attempt, InetAddress from) {
        Optional<Account> account = found.account().filter(known -> known.mayLogIn(Instant.now()));
        return calls.<ScramExchange, Challenge>hash(
                from,
                () -> exchange(account, first, found),
                exchange -> answer(new Done<>(new Challenge(account, exchange, attempt, () -> enter(found, from)))));
    }

    private ScramExchange exchange(Optional<Account> account, ScramExchange.First first, Found found) {
        Credentials.Scram verifier = account.map(Account::credentials)
                .filter(Credentials.Scram.class::isInstance)
                .map(Credentials.Scram.class::cast)
                .orElseGet(() -> ScramSha256.nobody(
                        found.secret, found.key, settings.hashing().scramIterations()));
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        return new ScramExchange(first, verifier, Base64.getEncoder().encodeToString(nonce));
    }

    /**
     * Ends an exchange, once.
     *
     * @param message the client's final one
     */
    public CompletionStage<Result<Challenge.Won>> finish(Challenge challenge, String message, InetAddress from) {
        return calls.<Optional<String>, Challenge.Won>hash(
                        from, () -> challenge.exchange().finish(message), signed -> won(challenge, signed, from))
                .thenApply(challenge.attempt()::settle);
    }

    private static CompletionStage<Result<Challenge.Won>> won(
            Challenge challenge, Optional<String> signed, InetAddress from) {
        return signed.isPresent() && challenge.account().isPresent()
                ? challenge
                        .enter()
                        .get()
                        .thenApply(entered -> entered.map(account -> new Challenge.Won(account, signed.get())))
                : answer(wrong(from));
    }
}
