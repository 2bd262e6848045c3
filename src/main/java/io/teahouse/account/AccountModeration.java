package io.teahouse.account;

import static io.teahouse.account.AsyncCalls.completed;

import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What operators of the server do to accounts. It changes the store, and has clients refused that logged in before and have not entered
 * yet; the caller ends connections. Thread-safe; no returned stage fails.
 */
public final class AccountModeration {
    /**
     * An account whose password was replaced by a code.
     *
     * @param code what the user types
     */
    public record NewCode(Account account, String code, Instant until) {
        /** Without the code. */
        @Override
        public String toString() {
            return "a reset code for " + account;
        }
    }

    /** An account that has another name now. */
    public record Renamed(Nick from, Nick to) {}

    /** Operators share the queue of the hashing threads with a user from this machine. */
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AccountSettings settings;
    private final AccountStore store;
    private final AccountLookup lookup;
    private final AsyncCalls calls;
    private final Registrar registrar;
    private final TokenLogin tokens;
    private final RevocationLog changes;
    private final Function<String, Optional<Nick>> nicks;

    AccountModeration(
            AccountSettings settings,
            AccountStore store,
            AccountLookup lookup,
            AsyncCalls calls,
            Registrar registrar,
            TokenLogin tokens,
            RevocationLog changes,
            Function<String, Optional<Nick>> nicks) {
        this.settings = settings;
        this.store = store;
        this.lookup = lookup;
        this.calls = calls;
        this.registrar = registrar;
        this.tokens = tokens;
        this.changes = changes;
        this.nicks = nicks;
    }

    /**
     * Accounts whose names match a pattern.
     *
     * @param pattern {@code *} stands for any text, {@code ?} for one character
     * @param after the folded name of the last account of the page before, or empty
     */
    public CompletionStage<Result<List<Account>>> list(String pattern, String after, int most) {
        return calls.ask(
                () -> store.list(Names.fold(pattern), after, most), found -> completed(new Done<>(List.copyOf(found))));
    }

    /** The account of that name, in any spelling. */
    public CompletionStage<Result<Account>> find(String name) {
        return with(name, account -> completed(new Done<>(account)));
    }

    /**
     * Makes an account for a program, which nobody can log in to by a password, and a token by which the program does
     * ({@link LoginToken#isBot}).
     */
    public CompletionStage<Result<NewToken>> createBot(String name) {
        Optional<Nick> nick = nicks.apply(name);
        if (!settings.offersTokens()) {
            return completed(Result.refused(Reason.OFF, "there are no tokens here (teahouse.accounts.tokens)"));
        } else if (nick.isEmpty()) {
            return completed(Result.refused(Reason.BAD_NAME, "an account cannot have that name"));
        }
        long now = changes.now();
        return then(registrar.registerBot(nick.get(), HERE), made -> tokens.create(made.name(), LoginToken.BOT, now));
    }

    /** Makes a new token for the account of a program, and revokes those that it has. Refused if a person has a token of the account. */
    public CompletionStage<Result<NewToken>> replaceBotToken(Account account) {
        return then(
                tokens.all(account.name()),
                known -> known.stream().allMatch(LoginToken::isBot)
                        ? then(
                                revokeTokens(account),
                                revoked -> tokens.create(account.name(), LoginToken.BOT, changes.now()))
                        : completed(Result.refused(
                                Reason.EXISTS,
                                account.name() + " is the account of a person, whose devices have tokens")));
    }

    private static <S, T> CompletionStage<Result<T>> then(
            CompletionStage<Result<S>> first, Function<S, CompletionStage<Result<T>>> next) {
        return first.thenCompose(result -> result instanceof Done<S> done
                ? next.apply(done.value())
                : completed(refused((Result.Refused<S>) result)));
    }

    private static <T> Result<T> refused(Result.Refused<?> why) {
        return Result.refused(why.reason(), why.why());
    }

    private <T> CompletionStage<Result<T>> with(String name, Function<Account, CompletionStage<Result<T>>> then) {
        return settings.enabled()
                ? calls.ask(
                        () -> lookup.find(name),
                        found -> found.account().isPresent()
                                ? then.apply(found.account().get())
                                : completed(none()))
                : completed(none());
    }

    private static <T> Result<T> none() {
        return Result.refused(Reason.NO_SUCH_ACCOUNT, "there is no such account");
    }

    /** Keeps the owner of an account out; replaces an earlier suspension. */
    public CompletionStage<Result<Account>> suspend(String name, Suspension to) {
        return suspend(name, Optional.of(to));
    }

    /** Lifts a suspension. Refused if there is none. */
    public CompletionStage<Result<Account>> lift(String name) {
        return with(
                name,
                account -> account.suspended(Instant.now()).isPresent()
                        ? suspend(name, Optional.empty())
                        : completed(Result.refused(Reason.NO_SUCH_ACCOUNT, account.name() + " is not suspended")));
    }

    private CompletionStage<Result<Account>> suspend(String name, Optional<Suspension> to) {
        return with(
                name,
                account -> calls.ask(
                        () -> store.suspend(account.key(), to), there -> changed(there, account, account.with(to))));
    }

    private <T> CompletionStage<Result<T>> changed(boolean there, Account account, T result) {
        if (there) {
            changes.changed(account.key());
        }
        return completed(there ? new Done<>(result) : none());
    }

    /** Replaces the password by a code, which is valid for one login, and revokes all tokens. */
    public CompletionStage<Result<NewCode>> resetPassword(String name) {
        return with(name, account -> calls.hash(HERE, () -> ResetCode.make(settings), code -> reset(account, code)));
    }

    private CompletionStage<Result<NewCode>> reset(Account account, ResetCode code) {
        Instant until = Instant.now().plus(settings.passwords().resetValid()).truncatedTo(ChronoUnit.SECONDS);
        return calls.ask(
                () -> store.reset(account.key(), code.credentials(), until),
                there -> changed(there, account, new NewCode(account, code.text(), until)));
    }

    /** Revokes all tokens of an account; returns how many there were. */
    public CompletionStage<Result<Integer>> revokeTokens(Account account) {
        return tokens.revokeAll(account.name()).thenApply(result -> {
            changes.changed(account.key());
            return result;
        });
    }

    /** The valid tokens of an account, by number. */
    public CompletionStage<Result<List<LoginToken>>> tokens(Account account) {
        return tokens.all(account.name());
    }

    /** Gives an account another name. Nobody else can have the old one for some time. */
    public CompletionStage<Result<Renamed>> rename(String name, String to) {
        Optional<Nick> wanted = nicks.apply(to);
        if (wanted.isEmpty()) {
            return completed(Result.refused(Reason.BAD_NAME, "no user can have the name " + to));
        }
        return with(name, account -> rename(account, wanted.get()));
    }

    private CompletionStage<Result<Renamed>> rename(Account account, Nick to) {
        Instant reserved = Instant.now().plus(settings.registration().formerNames());
        return calls.ask(() -> store.rename(account.key(), to, reserved), outcome -> switch (outcome) {
            case NO_SUCH_ACCOUNT -> completed(none());
            case EXISTS ->
                completed(Result.refused(
                        Reason.EXISTS, "the name " + to + " belongs to another account, or looks like one"));
            case RENAMED -> {
                lookup.renamed(account, to);
                yield changed(true, account, new Renamed(account.name(), to));
            }
        });
    }
}
