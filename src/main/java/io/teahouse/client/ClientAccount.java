package io.teahouse.client;

import io.teahouse.account.Accounts;
import io.teahouse.account.LoginToken;
import io.teahouse.account.NewToken;
import io.teahouse.account.Result;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The account that one client is logged in to, and the names that it may have: only a client that is logged in to an
 * account has the account's name. Runs in the client's actor.
 */
final class ClientAccount {
    /** Delays the client's next line until an answer arrives. */
    interface Waiting {
        /** Waits for an answer; {@code then} gets it, or an empty value if there is none. */
        <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then);
    }

    static final String PASSWORD_CHANGED = "the password of your account was changed: log in again";

    static final String TOKEN_REVOKED = "this device was logged out: log in again";

    private final Accounts accounts;
    private final InetAddress from;
    private final Waiting waiting;
    private Optional<Nick> account = Optional.empty();

    /** By which it has logged in, and which it has made, oldest first: when one is revoked, the connection ends. */
    private List<LoginToken> tokens = List.of();

    /** What {@link Accounts#changes} was before the password or token was checked that the client has logged in by. */
    private long changes;

    ClientAccount(Accounts accounts, InetAddress from, Waiting waiting) {
        this.accounts = accounts;
        this.from = from;
        this.waiting = waiting;
    }

    /** The account's name, as it was registered. */
    Optional<Nick> name() {
        return account;
    }

    void set(Optional<Nick> to) {
        account = to;
    }

    /** The token that it has made last, or logged in by. */
    Optional<LoginToken> token() {
        return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.get(tokens.size() - 1));
    }

    /** Whether it has logged in by that token, or made it. */
    boolean hasToken(String id) {
        return tokens.stream().anyMatch(mine -> mine.id().equals(id));
    }

    /** Its only token; empty: it has none. */
    void token(Optional<LoginToken> to) {
        tokens = to.stream().toList();
    }

    /** The client itself has revoked that token, and stays. */
    void forgetToken(String id) {
        tokens = tokens.stream().filter(mine -> !mine.id().equals(id)).toList();
    }

    /** Makes a token; the client is logged in. */
    void createToken(String label, Consumer<Result<NewToken>> then) {
        ask(accounts.createToken(account.orElseThrow(), label, changes), answer -> {
            answer.handle(
                    made -> tokens = Stream.concat(tokens.stream(), Stream.of(made.token()))
                            .toList(),
                    refused -> {});
            then.accept(answer);
        });
    }

    /** Makes a token for one request; the client is logged in. */
    String createRequestToken() {
        return accounts.createRequestToken(account.orElseThrow(), changes);
    }

    /**
     * The client has logged in, or has set a password.
     *
     * @param since what {@link Accounts#changes} was before that was checked
     */
    void passwordIsCurrent(long since) {
        changes = since;
    }

    /** Ends the connection if the account's password has changed, or its token was revoked, since the client logged in. */
    void requireCurrentPassword(Session.Connection connection) {
        if (account.filter(mine -> accounts.isChangedSince(changes, mine)).isPresent()) {
            connection.cutOff(PASSWORD_CHANGED);
        } else if (tokens.stream().anyMatch(mine -> accounts.isRevokedSince(changes, mine))) {
            connection.cutOff(TOKEN_REVOKED);
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
     * @param may called if it may; true: provisionally, because the store is away and has to be asked again
     * @param not called if it may not, with the reason in one line for the user
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
     * The account that a name belongs to, in one line for the user; empty: none. Refused if the store is away. The
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

    /** Waits for an answer of the accounts; so does the client's next line. */
    <T> void ask(CompletionStage<Result<T>> question, Consumer<Result<T>> then) {
        waiting.await(question, answer -> then.accept(answer.orElseGet(Result::unavailable)));
    }

    // Keys of rooms

    /** The reason why the client may not try a room key for now; empty if it may. */
    Optional<String> whyNoKey() {
        return accounts.whyNoKey(from);
    }

    void keyWasWrong() {
        accounts.keyWasWrong(from);
    }
}
