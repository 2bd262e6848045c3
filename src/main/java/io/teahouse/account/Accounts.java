package io.teahouse.account;

import static io.teahouse.account.Errands.answer;

import io.teahouse.account.Answer.Done;
import io.teahouse.account.Answer.Reason;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
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

    private final AccountSettings settings;
    private final AccountStore store;
    private final Function<String, Optional<Nick>> names;
    private final Passwords passwords;
    private final Errands errands;
    private final Attempts attempts;
    private final Met met = new Met();
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
        this.passwords = new Passwords(settings.scramIterations(), settings.hashMemoryKib());
        this.errands =
                new Errands(settings.storeTimeout(), new Hashing(settings.hashingThreads(), settings.hashingQueue()));
        this.attempts = new Attempts(settings, clock);
    }

    public AccountSettings settings() {
        return settings;
    }

    /** Whether that name is somebody's account. Of those that it has met, it knows that while the store is away, too. */
    public CompletionStage<Answer<Boolean>> isRegistered(Nick name) {
        return settings.enabled()
                ? errands.ask(() -> find(name.key()), found -> answer(new Done<>(found.isPresent())))
                        .thenApply(answer -> isAway(answer) && met.has(name.key()) ? new Done<>(true) : answer)
                : answer(new Done<>(false));
    }

    private static boolean isAway(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> refused && refused.reason() == Reason.AWAY;
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
    public CompletionStage<Answer<Account>> register(Nick name, String password, String email, InetAddress from) {
        Optional<Answer<Account>> objection = objection(password, email);
        if (objection.isPresent()) {
            return answer(objection.get());
        }
        Attempts.Admitted attempt = attempts.registration(from);
        if (attempt.isRefused()) {
            return answer(attempt.refusal("too many accounts have been registered from your address"));
        }
        return errands.ask(
                        () -> find(name.key()),
                        found -> found.isPresent() ? answer(exists()) : create(name, password, email))
                .thenApply(done -> {
                    if (done instanceof Answer.Refused<Account>) {
                        attempt.forgive();
                    }
                    return done;
                });
    }

    private Optional<Answer<Account>> objection(String password, String email) {
        if (!settings.registrable()) {
            return Optional.of(Answer.refused(Reason.OFF, "accounts cannot be registered here"));
        } else if (password.codePointCount(0, password.length()) < settings.minPasswordLength()) {
            String why = "a password has at least " + settings.minPasswordLength() + " characters";
            return Optional.of(Answer.refused(Reason.WEAK_PASSWORD, why));
        } else if (!Passwords.isUsable(password)) {
            return Optional.of(badPassword());
        } else if ((settings.emailRequired() || !email.isEmpty()) && !isAddress(email)) {
            return Optional.of(Answer.refused(Reason.BAD_EMAIL, "give an address such as ann@example.net"));
        }
        return Optional.empty();
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_EMAIL
                && email.indexOf('@') > 0
                && email.indexOf('@') == email.lastIndexOf('@')
                && !email.endsWith("@")
                && email.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
    }

    private CompletionStage<Answer<Account>> create(Nick name, String password, String email) {
        return errands.hash(() -> passwords.make(password), made -> {
            if (made.isEmpty()) {
                return answer(badPassword());
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Account account = new Account(name, now, email, made.get());
            return errands.ask(() -> store.create(account), created -> {
                if (created == AccountStore.Created.EXISTS) {
                    return answer(exists());
                }
                met.note(account.key(), true);
                LOG.info("registered: {}", account);
                return answer(new Done<>(account));
            });
        });
    }

    private static Answer<Account> badPassword() {
        String why = "a password has visible characters, " + Passwords.MOST_CHARACTERS + " at most";
        return Answer.refused(Reason.BAD_PASSWORD, why);
    }

    private static Answer<Account> exists() {
        return Answer.refused(Reason.EXISTS, "that name is somebody's account already");
    }

    // Logging in by a password

    /** Whose account it is, if that is its password. */
    public CompletionStage<Answer<Account>> login(String name, String password, InetAddress from) {
        if (!settings.enabled()) {
            return answer(Answer.refused(Reason.OFF, "there are no accounts here"));
        } else if (!Passwords.isUsable(password)) {
            return answer(wrong());
        }
        String key = key(name);
        Attempts.Admitted attempt = attempts.login(key, from);
        if (attempt.isRefused()) {
            return answer(attempt.refusal("too many attempts have failed"));
        }
        return errands.ask(() -> find(key), found -> check(found, password, from))
                .thenApply(attempt::settle);
    }

    /** How it is found; a name that nobody can have is that of nobody. */
    private String key(String name) {
        return names.apply(name).map(Nick::key).orElse("");
    }

    private CompletionStage<Answer<Account>> check(Optional<Account> account, String password, InetAddress from) {
        return errands.hash(() -> passwords.matches(account.map(Account::credentials), password), right -> {
            if (account.isEmpty() || !right) {
                return answer(wrong(from));
            }
            keepUpToDate(account.get(), password);
            return answer(new Done<>(account.get()));
        });
    }

    /** What was made by other settings is made anew while the password is there; if that fails, it stays as it is. */
    private void keepUpToDate(Account account, String password) {
        if (!passwords.isCurrent(account.credentials())) {
            errands.hash(
                    () -> passwords.make(password),
                    made -> errands.ask(
                            () -> store.replaceCredentials(account.key(), made.orElseThrow()),
                            replaced -> answer(new Done<>(replaced))));
        }
    }

    /** Neither the name nor the password is written down: the one may have been typed in the other's place. */
    private static <T> Answer<T> wrong(InetAddress from) {
        LOG.info("login failed: {}", from.getHostAddress());
        return wrong();
    }

    private static <T> Answer<T> wrong() {
        return Answer.refused(Reason.WRONG, "there is no such account, or that is not its password");
    }

    // Logging in by SCRAM-SHA-256

    /**
     * Begins an exchange. It counts as a failed attempt until it is won.
     *
     * @param message the client's first
     */
    public CompletionStage<Answer<Challenge>> challenge(String message, InetAddress from) {
        Optional<ScramExchange.First> first = ScramExchange.First.parse(message);
        if (!settings.scram() || first.isEmpty()) {
            return answer(wrong());
        }
        String key = key(first.get().name());
        Attempts.Admitted attempt = attempts.login(key, from);
        if (attempt.isRefused()) {
            return answer(attempt.refusal("too many attempts have failed"));
        }
        return errands.<Supplier<Challenge>, Challenge>ask(
                        () -> find(key)
                                .thenCombine(
                                        secret(),
                                        (account, secret) -> () -> new Challenge(
                                                account, exchange(account, first.get(), key, secret), attempt)),
                        begin -> errands.hash(begin, challenge -> answer(new Done<>(challenge))))
                .thenApply(answer -> answer instanceof Done ? answer : attempt.settle(answer));
    }

    /** Asked of the store until it has told it once. */
    private CompletionStage<byte[]> secret() {
        byte[] known = secret;
        return known != null
                ? CompletableFuture.completedFuture(known)
                : store.secret().thenApply(told -> {
                    secret = told;
                    return told;
                });
    }

    private ScramExchange exchange(Optional<Account> account, ScramExchange.First first, String key, byte[] secret) {
        Credentials.Scram verifier = account.map(Account::credentials)
                .filter(Credentials.Scram.class::isInstance)
                .map(Credentials.Scram.class::cast)
                .orElseGet(() -> ScramSha256.nobody(secret, key, settings.scramIterations()));
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        return new ScramExchange(first, verifier, Base64.getEncoder().encodeToString(nonce));
    }

    /**
     * Ends an exchange, once.
     *
     * @param message the client's final one
     */
    public CompletionStage<Answer<Challenge.Won>> finish(Challenge challenge, String message, InetAddress from) {
        return errands.<Optional<String>, Challenge.Won>hash(
                        () -> challenge.exchange().finish(message), signed -> answer(won(challenge, signed, from)))
                .thenApply(challenge.attempt()::settle);
    }

    private static Answer<Challenge.Won> won(Challenge challenge, Optional<String> signed, InetAddress from) {
        Optional<Account> account = challenge.account();
        return signed.isPresent() && account.isPresent()
                ? new Done<>(new Challenge.Won(account.get(), signed.get()))
                : wrong(from);
    }
}
