package io.teahouse.client;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Challenge;
import io.teahouse.account.LoginToken;
import io.teahouse.account.NewToken;
import io.teahouse.account.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Registers accounts and logs a client in, for its dialect. Used in the client's actor only. Nothing here blocks; the
 * client's next line waits for the answer. A login is answered when others find the user under the account.
 */
public interface Login {
    /** The settings of accounts. */
    AccountSettings settings();

    /** The name of the account that the client is logged in to, as it was registered. */
    Optional<String> account();

    /**
     * Registers an account and logs in to it. Its name must be the client's nick, unless the settings allow another
     * one, which must not be the nick of another user who is online.
     *
     * @param email may be empty
     */
    void register(String name, String password, String email, Consumer<Result<Account>> then);

    /** Logs in with a password. */
    void password(String name, String password, Consumer<Result<Account>> then);

    /**
     * Logs in by a token.
     *
     * @param name of the account, if the client has said which one it means
     */
    void token(String token, Optional<String> name, Consumer<Result<Account>> then);

    /**
     * Makes a token by which this device can log in later. The client is logged in.
     *
     * @param label what the user recognizes the device by; may be empty
     */
    void createToken(String label, Consumer<Result<NewToken>> then);

    /** Makes a token for one request by HTTP within a minute, such as an upload. The client is logged in. */
    String createRequestToken();

    /** The valid tokens of the client's account, by number. */
    void tokens(Consumer<Result<List<LoginToken>>> then);

    /** The token that this client has made last, or logged in by. */
    Optional<LoginToken> currentToken();

    /**
     * Revokes a token of the client's account. Other connections that have made it, or logged in by it, are closed.
     *
     * @param then gets the token; empty: the account has none of that number
     */
    void revokeToken(int number, Consumer<Result<Optional<LoginToken>>> then);

    /**
     * Changes the password of the client's account, which revokes all tokens. All other connections of the account
     * are closed.
     *
     * @param old the current password, or a reset code
     */
    void changePassword(String old, String to, Consumer<Result<Account>> then);

    /**
     * Checks a password that does not belong to an account. Throttled like logins.
     *
     * @param what the attempt, for the log; without the password
     * @param isKnown recognizes a password that was right before
     * @param isRight checks the password, on another thread because it is slow
     */
    void verify(String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, Consumer<Result<Boolean>> then);

    /** Starts a SCRAM-SHA-256 exchange. */
    void challenge(String message, Consumer<Result<Challenge>> then);

    /** Checks the client's proof. The client is not logged in yet: it checks the server's answer first, then {@link #enter}. */
    void finish(Challenge challenge, String message, Consumer<Result<Challenge.Success>> then);

    /** Ends the exchange. Refused if the account was suspended or its password changed since it began. */
    void enter(Challenge.Success success, Consumer<Result<Account>> then);

    /**
     * Chooses whether the user of the client's account is always-on: stays in their rooms without a connection.
     *
     * @param choice empty: only asks
     * @param then gets the current choice
     */
    void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then);

    /**
     * Logs out. Returns false if the client has the name of its account, and must take another one first.
     *
     * @param then runs when others find the user without the account
     */
    boolean leave(Runnable then);
}
