package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers accounts. Thread-safe; no returned stage fails. */
final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, of which two are angle brackets. */
    private static final int LONGEST_EMAIL = 254;

    private final AccountSettings settings;
    private final AccountStore store;
    private final AccountLookup lookup;
    private final PasswordPolicy policy;
    private final Passwords passwords;
    private final AsyncCalls calls;
    private final LoginThrottle throttle;

    Registrar(
            AccountSettings settings,
            AccountStore store,
            AccountLookup lookup,
            PasswordPolicy policy,
            Passwords passwords,
            AsyncCalls calls,
            LoginThrottle throttle) {
        this.settings = settings;
        this.store = store;
        this.lookup = lookup;
        this.policy = policy;
        this.passwords = passwords;
        this.calls = calls;
        this.throttle = throttle;
    }

    /** See {@link Accounts#register}. */
    CompletionStage<Result<Account>> register(Nick name, String password, String email, InetAddress from) {
        Optional<Result<Account>> objection = objection(password, email);
        if (objection.isPresent()) {
            return completed(objection.get());
        }
        LoginThrottle.Attempt attempt = throttle.registration(from);
        if (attempt.isRefused()) {
            return completed(attempt.refusal("too many accounts have been registered from your address"));
        }
        return calls.ask(
                        () -> lookup.find(name),
                        found -> found.account().isPresent()
                                ? completed(exists())
                                : create(name, password, email, found.networksWith(from), from))
                .thenApply(result -> {
                    if (result instanceof Result.Refused<Account>) {
                        attempt.forgive();
                    }
                    return result;
                });
    }

    /** See {@link AccountModeration#createBot}. Nobody knows the password. */
    CompletionStage<Result<Account>> registerBot(Nick name, InetAddress from) {
        return calls.ask(
                () -> lookup.find(name),
                found -> found.account().isPresent()
                        ? completed(exists())
                        : create(name, TokenText.random().secret(), "", List.of(), from));
    }

    private Optional<Result<Account>> objection(String password, String email) {
        if (!settings.registrable()) {
            return Optional.of(Result.refused(Reason.OFF, "accounts cannot be registered here"));
        }
        return policy.<Account>objection(password)
                .or(() -> (settings.registration().emailRequired() || !email.isEmpty()) && !isAddress(email)
                        ? Optional.of(Result.refused(Reason.BAD_EMAIL, "give an address such as ann@example.net"))
                        : Optional.empty());
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_EMAIL
                && email.indexOf('@') > 0
                && email.indexOf('@') == email.lastIndexOf('@')
                && !email.endsWith("@")
                && email.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
    }

    /** The store refuses look-alikes, too; asked before, it says which account is in the way, and nothing is hashed. */
    private CompletionStage<Result<Account>> create(
            Nick name, String password, String email, List<String> networks, InetAddress from) {
        return calls.ask(
                () -> lookup.findLookAlike(name),
                other -> other.isPresent()
                        ? completed(looksLike(other.get().name()))
                        : calls.hash(
                                from,
                                () -> passwords.make(password),
                                made -> made.isEmpty()
                                        ? completed(PasswordPolicy.unusable())
                                        : store(account(name, email, made.get(), networks))));
    }

    private static Account account(Nick name, String email, Credentials credentials, List<String> networks) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Account(name, now, email, credentials).withNetworks(networks);
    }

    private CompletionStage<Result<Account>> store(Account account) {
        return calls.ask(() -> store.create(account), created -> {
            if (created == AccountStore.Created.EXISTS) {
                return completed(exists());
            }
            lookup.registered(account);
            LOG.info("registered: {}", account);
            return completed(new Done<>(account));
        });
    }

    private static Result<Account> exists() {
        return Result.refused(Reason.EXISTS, "that name is already registered");
    }

    private static Result<Account> looksLike(Nick other) {
        return Result.refused(Reason.EXISTS, "that name looks like " + other + ", which belongs to an account");
    }
}
