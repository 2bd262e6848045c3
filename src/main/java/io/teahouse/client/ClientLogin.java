package io.teahouse.client;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Accounts;
import io.teahouse.account.Challenge;
import io.teahouse.account.Result;
import io.teahouse.account.Result.Reason;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Nick;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The account of one client, and which names it may have by it: who is called as an account is called is logged in to that
 * account. Runs in the client's actor.
 */
final class ClientLogin implements Login {
    /** Has the client's next line wait for an answer. */
    interface Waiting {
        /** Until it has come; {@code then} gets nothing if there is none. */
        <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then);
    }

    private static final String CHANGED = "the password of your account was changed: log in again";

    private final Accounts accounts;
    private final NickRules rules;
    private final InetAddress from;
    private final Session session;
    private final Waiting waiting;

    private Optional<Nick> account = Optional.empty();

    /** The number of password changes when the client's password was checked. */
    private long changes;

    ClientLogin(Accounts accounts, NickRules rules, InetAddress from, Session session, Waiting waiting) {
        this.accounts = accounts;
        this.rules = rules;
        this.from = from;
        this.session = session;
        this.waiting = waiting;
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

    private <T> void ask(CompletionStage<Result<T>> question, Consumer<Result<T>> then) {
        waiting.await(
                question,
                answer -> then.accept(
                        answer.orElseGet(() -> Result.refused(Reason.AWAY, "accounts cannot be asked just now"))));
    }

    // What a dialect asks for

    @Override
    public AccountSettings settings() {
        return accounts.settings();
    }

    @Override
    public Optional<String> account() {
        return account.map(Nick::text);
    }

    @Override
    public void register(String name, String password, String email, Consumer<Result<Account>> then) {
        NickRules.Checked checked = rules.check(name);
        if (checked instanceof NickRules.Rejected rejected) {
            then.accept(Result.refused(Reason.BAD_NAME, rejected.why()));
        } else if (checked instanceof NickRules.Accepted accepted) {
            Optional<Result<Account>> objection = objection(accepted.nick());
            if (objection.isPresent()) {
                then.accept(objection.get());
            } else {
                changes = accounts.changes();
                ask(accounts.register(accepted.nick(), password, email, from), answer -> loggedIn(answer, then));
            }
        }
    }

    private Optional<Result<Account>> objection(Nick name) {
        Optional<String> reserved = rules.reservation(name)
                .or(() -> NickRegistry.isGuest(name)
                        ? Optional.of("the server gives that name to guests who have lost theirs")
                        : Optional.empty());
        if (reserved.isPresent()) {
            return Optional.of(Result.refused(Reason.BAD_NAME, reserved.get()));
        } else if (session.nick().filter(name::sameAs).isPresent()) {
            return Optional.empty();
        } else if (!settings().registration().customNames()) {
            return Optional.of(Result.refused(Reason.NOT_NICK, "an account is called as you are"));
        }
        return session.users().find(name.text()).isPresent()
                ? Optional.of(Result.refused(Reason.EXISTS, "somebody else is called so"))
                : Optional.empty();
    }

    @Override
    public void password(String name, String password, Consumer<Result<Account>> then) {
        changes = accounts.changes();
        ask(accounts.login(name, password, from), answer -> loggedIn(answer, then));
    }

    private void loggedIn(Result<Account> answer, Consumer<Result<Account>> then) {
        answer.handle(this::enter, refused -> {});
        then.accept(answer);
    }

    @Override
    public void changePassword(String old, String to, Consumer<Result<Account>> then) {
        Nick mine = account.orElseThrow();
        ask(accounts.changePassword(mine.text(), old, to, from), answer -> {
            answer.handle(
                    changed -> {
                        changes = accounts.changes();
                        session.users()
                                .disconnectOthers(
                                        session.profile().id(),
                                        session.profile().guest(),
                                        CHANGED);
                    },
                    refused -> {});
            then.accept(answer);
        });
    }

    @Override
    public void verify(
            String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, Consumer<Result<Boolean>> then) {
        ask(accounts.verify(what, isKnown, isRight, from), then);
    }

    /** Why the client may not try a room key for now; empty if it may. */
    Optional<String> whyNoKey() {
        return accounts.whyNoKey(from);
    }

    void keyWasWrong() {
        accounts.keyWasWrong(from);
    }

    /** Ends the client if the account's password has changed since it logged in. */
    void requireCurrentPassword() {
        if (account.filter(mine -> accounts.isChangedSince(changes, mine)).isPresent()) {
            session.cutOff(CHANGED);
        }
    }

    @Override
    public void challenge(String message, Consumer<Result<Challenge>> then) {
        changes = accounts.changes();
        ask(accounts.challenge(message, from), then);
    }

    @Override
    public void finish(Challenge challenge, String message, Consumer<Result<Challenge.Won>> then) {
        ask(accounts.finish(challenge, message, from), then);
    }

    @Override
    public void enter(Account to) {
        boolean hadNameOfAnother = session.user().isPresent()
                && !owns(to.name())
                && session.nick().filter(this::owns).isPresent();
        account = Optional.of(to.name());
        session.changeProfile(session.profile().withAccount(to.name().text()));
        if (hadNameOfAnother) {
            session.claim(to.name().text()); // the client gives up its current name
        }
        requireCurrentPassword(); // not before others can find it
    }

    @Override
    public boolean leave() {
        if (session.nick().filter(this::owns).isPresent()) {
            return false;
        }
        account = Optional.empty();
        session.changeProfile(session.profile().withAccount(""));
        return true;
    }
}
