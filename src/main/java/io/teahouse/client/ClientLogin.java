package io.teahouse.client;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Accounts;
import io.teahouse.account.Challenge;
import io.teahouse.account.LoginToken;
import io.teahouse.account.NewToken;
import io.teahouse.account.Result;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.TokenSession;
import io.teahouse.room.Nick;
import io.teahouse.user.Entrance;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserSnapshot;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Registers an account for a client, and logs it in. Runs in the client's actor. */
final class ClientLogin implements Login {
    /** The client that logs in. */
    interface Subject {
        Optional<Nick> nick();

        Optional<UserSnapshot> user();

        /**
         * The client has logged in: it becomes a connection of the account's user, or its user gets the account.
         *
         * @param rename whether the user then gives up their nick for the name of the account
         * @param then runs when others find the user under the account, or when the client is refused as one more
         *     connection of that user; before the client sees the consequences
         */
        void logIn(Nick account, boolean rename, Runnable then);

        /**
         * Returns false if the user has other connections.
         *
         * @param then runs when others find the user without the account
         */
        boolean logOut(Runnable then);

        /** See {@link Login#alwaysOn}. */
        void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then);

        /** Ends the user's other connections. */
        void disconnectOthers(String reason);

        /** Ends the user's other connections that have that token. */
        void disconnectOthers(LoginToken token, String reason);
    }

    private final Accounts accounts;
    private final NickRules rules;
    private final UserDirectory users;
    private final InetAddress from;
    private final ClientAccount account;
    private final Subject identity;
    private final Entrance entrance;

    ClientLogin(
            Accounts accounts,
            NickRules rules,
            UserDirectory users,
            InetAddress from,
            ClientAccount account,
            Subject identity,
            Entrance entrance) {
        this.entrance = entrance;
        this.accounts = accounts;
        this.rules = rules;
        this.users = users;
        this.from = from;
        this.account = account;
        this.identity = identity;
    }

    @Override
    public AccountSettings settings() {
        return accounts.settings();
    }

    @Override
    public Optional<String> account() {
        return account.name().map(Nick::text);
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
                long since = accounts.changes();
                account.ask(
                        accounts.register(accepted.nick(), password, email, from),
                        answer -> loggedIn(answer, since, then));
            }
        }
    }

    private Optional<Result<Account>> objection(Nick name) {
        Optional<String> reserved = rules.reservation(name)
                .or(() -> NickRegistry.isGuest(name)
                        ? Optional.of("the server gives that name to guests who have lost theirs")
                        : Optional.empty());
        Optional<String> closed = entrance.registrationRefusal();
        if (closed.isPresent()) {
            return Optional.of(Result.refused(Reason.OFF, closed.get()));
        } else if (reserved.isPresent()) {
            return Optional.of(Result.refused(Reason.BAD_NAME, reserved.get()));
        } else if (identity.nick().filter(name::sameAs).isPresent()) {
            return Optional.empty();
        } else if (!settings().registration().customNames()) {
            return Optional.of(Result.refused(Reason.NOT_NICK, "the account must have your current name"));
        }
        return users.find(name.text()).isPresent()
                ? Optional.of(Result.refused(Reason.EXISTS, "another user has that name"))
                : Optional.empty();
    }

    @Override
    public void password(String name, String password, Consumer<Result<Account>> then) {
        long since = accounts.changes();
        account.ask(accounts.login(name, password, from), answer -> loggedIn(answer, since, then));
    }

    @Override
    public void token(String token, Optional<String> name, Consumer<Result<Account>> then) {
        long since = accounts.changes();
        account.ask(accounts.loginByToken(token, name, from), answer -> {
            Result<Account> result = answer.map(TokenSession::account);
            answer.handle(
                    session -> enter(session.account(), Optional.of(session.token()), since, () -> then.accept(result)),
                    refused -> then.accept(result));
        });
    }

    @Override
    public void createToken(String label, Consumer<Result<NewToken>> then) {
        account.createToken(label, then);
    }

    @Override
    public String createRequestToken() {
        return account.createRequestToken();
    }

    @Override
    public void tokens(Consumer<Result<List<LoginToken>>> then) {
        account.ask(accounts.tokens(account.name().orElseThrow()), then);
    }

    @Override
    public Optional<LoginToken> currentToken() {
        return account.token();
    }

    @Override
    public void revokeToken(int number, Consumer<Result<Optional<LoginToken>>> then) {
        account.ask(accounts.revokeToken(account.name().orElseThrow(), number), answer -> {
            answer.handle(revoked -> revoked.ifPresent(this::revoked), refused -> {});
            then.accept(answer);
        });
    }

    private void revoked(LoginToken token) {
        account.forgetToken(token.id());
        identity.disconnectOthers(token, ClientAccount.TOKEN_REVOKED);
    }

    private void loggedIn(Result<Account> answer, long since, Consumer<Result<Account>> then) {
        answer.handle(
                account -> enter(account, Optional.empty(), since, () -> then.accept(answer)),
                refused -> then.accept(answer));
    }

    @Override
    public void changePassword(String old, String to, Consumer<Result<Account>> then) {
        Nick mine = account.name().orElseThrow();
        account.ask(accounts.changePassword(mine.text(), old, to, from), answer -> {
            answer.handle(
                    changed -> {
                        account.passwordIsCurrent(accounts.changes());
                        account.token(Optional.empty());
                        identity.disconnectOthers(ClientAccount.PASSWORD_CHANGED);
                    },
                    refused -> {});
            then.accept(answer);
        });
    }

    @Override
    public void verify(
            String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, Consumer<Result<Boolean>> then) {
        account.ask(accounts.verify(what, isKnown, isRight, from), then);
    }

    @Override
    public void challenge(String message, Consumer<Result<Challenge>> then) {
        account.ask(accounts.challenge(message, from), then);
    }

    @Override
    public void finish(Challenge challenge, String message, Consumer<Result<Challenge.Success>> then) {
        account.ask(accounts.finish(challenge, message, from), then);
    }

    @Override
    public void enter(Challenge.Success success, Consumer<Result<Account>> then) {
        Account to = success.account();
        if (accounts.isChangedSince(success.since(), to.name())) {
            then.accept(Result.refused(Reason.WRONG, "your account was changed in the meantime: try again"));
        } else {
            enter(to, Optional.empty(), success.since(), () -> then.accept(new Result.Done<>(to)));
        }
    }

    private void enter(Account to, Optional<LoginToken> token, long since, Runnable then) {
        boolean hadNameOfAnother = identity.user().isPresent()
                && !account.owns(to.name())
                && identity.nick().filter(account::owns).isPresent();
        account.set(Optional.of(to.name()));
        account.token(token);
        account.passwordIsCurrent(since);
        identity.logIn(to.name(), hadNameOfAnother, then);
    }

    @Override
    public void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        identity.alwaysOn(choice, then);
    }

    @Override
    public boolean leave(Runnable then) {
        if (identity.nick().filter(account::owns).isPresent() || !identity.logOut(then)) {
            return false;
        }
        account.set(Optional.empty());
        account.token(Optional.empty());
        return true;
    }
}
