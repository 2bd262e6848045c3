package io.teahouse.client;

import io.teahouse.account.Accounts;
import io.teahouse.account.Result;
import io.teahouse.account.Result.Reason;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The account that one client is logged in to, and which names it may have by it: a user who is called as an account is
 * called is logged in to that account. Runs in the client's actor.
 */
final class ClientAccount {
    /** Has the client's next line wait for an answer. */
    interface Waiting {
        /** Until it has come; {@code then} gets nothing if there is none. */
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
     * May the client be called so?
     *
     * @param may it may; true: as long as the store is away, and it is to be asked again
     * @param not why not, with one line for a person
     */
    void check(Nick wanted, Consumer<Boolean> may, BiConsumer<NameProblem, String> not) {
        if (owns(wanted) || !accounts.settings().enabled()) {
            may.accept(false);
            return;
        }
        ask(
                accounts.owned(wanted),
                answer -> answer.handle(
                        owner -> owner.ifPresentOrElse(
                                account -> not.accept(NameProblem.OWNED, owned(wanted, account)),
                                () -> may.accept(false)),
                        refused -> may.accept(true)));
    }

    /** Whether that name is an account's after all; empty: it is still not known. The client's lines do not wait for it. */
    CompletionStage<Optional<Boolean>> isOwned(Nick name) {
        return owns(name)
                ? CompletableFuture.completedFuture(Optional.of(false))
                : accounts.isRegistered(name)
                        .thenApply(answer -> answer instanceof Result.Done<Boolean> done
                                ? Optional.of(done.value())
                                : Optional.empty());
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
        waiting.await(
                question,
                answer -> then.accept(
                        answer.orElseGet(() -> Result.refused(Reason.AWAY, "accounts cannot be asked just now"))));
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
