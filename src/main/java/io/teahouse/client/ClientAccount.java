package io.teahouse.client;

import io.teahouse.account.Accounts;
import io.teahouse.account.Result;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The account that one client is logged in to, and the names that it may have: only a client that is logged in to an
 * account has the account's name. Runs in the client's actor.
 */
final class ClientAccount {
    /** Delays the client's next line until an answer has come. */
    interface Waiting {
        /** Waits for an answer; {@code then} gets it, or nothing if there is none. */
        <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then);
    }

    static final String PASSWORD_CHANGED = "the password of your account was changed: log in again";

    private final Accounts accounts;
    private final InetAddress from;
    private final Waiting waiting;
    private Optional<Nick> account = Optional.empty();

    /** The number of password changes when the client's password was checked. */
    private long changes;

    ClientAccount(Accounts accounts, InetAddress from, Waiting waiting) {
        this.accounts = accounts;
        this.from = from;
        this.waiting = waiting;
    }

    /** Its name, as it was registered. */
    Optional<Nick> name() {
        return account;
    }

    void set(Optional<Nick> to) {
        account = to;
    }

    /** A password is about to be checked, or has just been set. */
    void passwordIsCurrent() {
        changes = accounts.changes();
    }

    /** Ends the connection if the account's password has changed since the client logged in. */
    void requireCurrentPassword(Session.Connection connection) {
        if (account.filter(mine -> accounts.isChangedSince(changes, mine)).isPresent()) {
            connection.cutOff(PASSWORD_CHANGED);
        }
    }

    // Names

    /** Whether the client is logged in to the account of that name. */
    boolean owns(Nick name) {
        return account.filter(name::sameAs).isPresent();
    }

    /**
     * Whether the client may have that name.
     *
     * @param may it may; true: for now, because the store is away and has to be asked again
     * @param not it may not, with one line for the user that says why
     */
    void check(Nick wanted, Consumer<Boolean> may, BiConsumer<NameProblem, String> not) {
        if (owns(wanted) || !accounts.settings().enabled()) {
            may.accept(false);
            return;
        }
        ask(
                whyOwned(wanted),
                result -> result.handle(
                        why -> why.ifPresentOrElse(
                                text -> not.accept(NameProblem.OWNED, text), () -> may.accept(false)),
                        refused -> may.accept(true)));
    }

    /**
     * Whose account a name belongs to, in one line for the user; empty: no account's. Refused if the store is away. The
     * client's lines do not wait for it.
     */
    CompletionStage<Result<Optional<String>>> whyOwned(Nick name) {
        return accounts.findOwner(name)
                .thenApply(result -> result.map(owner -> owner.map(account -> owned(name, account))));
    }

    private static String owned(Nick name, Nick account) {
        return name.sameAs(account)
                ? owned(name)
                : "the name " + name + " looks like " + account + ", which belongs to an account";
    }

    static String owned(Nick name) {
        return "the name " + name + " belongs to an account";
    }

    /** Asks the accounts something; the client's next line waits for the answer. */
    <T> void ask(CompletionStage<Result<T>> question, Consumer<Result<T>> then) {
        waiting.await(question, answer -> then.accept(answer.orElseGet(Result::unavailable)));
    }

    // Keys of rooms

    /** Why the client may not try a room key for now; empty if it may. */
    Optional<String> whyNoKey() {
        return accounts.whyNoKey(from);
    }

    void keyWasWrong() {
        accounts.keyWasWrong(from);
    }
}
