package io.teahouse.client;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Challenge;
import io.teahouse.account.Result;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Registers accounts and logs a client in, for its dialect. Used in the client's actor only. Nothing here blocks; the
 * client's next line waits until the answer has come. A login is answered when others find the user under the account.
 */
public interface Login {
    /** The settings of accounts. */
    AccountSettings settings();

    /** The name of the account that the client is logged in to, as it was registered. */
    Optional<String> account();

    /**
     * Registers an account and logs in to it. Its name must be the client's nick, unless the settings allow another one,
     * which must not be the nick of another user who is here.
     *
     * @param email may be empty
     */
    void register(String name, String password, String email, Consumer<Result<Account>> then);

    /** Logs in, if that is the password of the account. */
    void password(String name, String password, Consumer<Result<Account>> then);

    /**
     * Changes the password of the client's account. All other connections of the account
     * are closed.
     *
     * @param old the current password, or a reset code
     */
    void changePassword(String old, String to, Consumer<Result<Account>> then);

    /**
     * Checks a password that is not an account's. Limited like logins.
     *
     * @param what is tried, for the log; without the password
     * @param isKnown recognises a password that was right before
     * @param isRight checks the password on another thread, and may take a while
     */
    void verify(String what, Supplier<Boolean> isKnown, Supplier<Boolean> isRight, Consumer<Result<Boolean>> then);

    /** Begins an exchange of SCRAM-SHA-256. */
    void challenge(String message, Consumer<Result<Challenge>> then);

    /** Ends the exchange. The client is not logged in yet: it checks the server's answer first, then {@link #enter}. */
    void finish(Challenge challenge, String message, Consumer<Result<Challenge.Success>> then);

    /**
     * Logs in to an account that the client has shown to be its own.
     *
     * @param then runs when others find the user under the account
     */
    void enter(Account account, Runnable then);

    /**
     * Chooses whether the user of the client's account is always-on: stays in their rooms without a connection.
     *
     * @param choice empty: asks whether they are
     * @param then is told whether they are
     */
    void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then);

    /**
     * Logs out. False: the client has the name of its account, and must take another one first.
     *
     * @param then runs when others find the user without the account
     */
    boolean leave(Runnable then);
}
