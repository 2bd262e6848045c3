package io.teahouse.account;

import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Port: stores accounts. Thread-safe; every method returns at once. A failed stage means that the store could not be
 * asked, or that it is unknown whether a change was made.
 */
public interface AccountStore {
    /** The account of that folded name. */
    CompletionStage<Optional<Account>> find(String key);

    /**
     * Accounts whose folded names match a pattern, in the order of these names.
     *
     * @param pattern {@code *} stands for any text, {@code ?} for one character
     * @param after only accounts with higher folded names
     */
    CompletionStage<List<Account>> list(String pattern, String after, int most);

    /**
     * Another account whose name looks like the given one ({@link io.teahouse.room.Names#mayNotCoexist}), or that had it until it was
     * renamed, while that name is reserved.
     */
    CompletionStage<Optional<Account>> findLookAlike(Nick name);

    /**
     * Stores a new account, unless its folded name is taken or reserved, or its name looks like that of another account. Of several
     * such accounts that are created at once, one is {@link Created#CREATED}.
     */
    CompletionStage<Created> create(Account account);

    /**
     * Sets a password, drops a reset code, and deletes all tokens of the account. False: nothing was changed, because there is no
     * such account or its credentials are no longer {@code from}.
     */
    CompletionStage<Boolean> replaceCredentials(String key, Credentials from, Credentials to);

    /** Stores the same password, hashed in another way; its tokens stay. False as {@link #replaceCredentials}. */
    CompletionStage<Boolean> renewCredentials(String key, Credentials from, Credentials to);

    /** Replaces the password by a code that is valid until then, and deletes all tokens. False: there is no such account. */
    CompletionStage<Boolean> reset(String key, Credentials code, Instant until);

    /**
     * Suspends an account, or changes or lifts its suspension.
     *
     * @param to empty: it is lifted
     * @return false: there is no such account
     */
    CompletionStage<Boolean> suspend(String key, Optional<Suspension> to);

    /**
     * Gives an account another name; everything that belongs to it follows. What it has said is moved bit by bit; until that is done,
     * and until {@code reserved} at least, nobody else can have the old name.
     */
    CompletionStage<Renamed> rename(String key, Nick to, Instant reserved);

    /** Marks the reset code as used by a login. False: there is none, or it was used before. */
    CompletionStage<Boolean> useReset(String key);

    /** Stores the network of the latest login, and keeps the latest {@code most}. False: there is no such account. */
    CompletionStage<Boolean> noteNetwork(String key, String network, int most);

    /** Deletes an account and its tokens. False: there is no such account. */
    CompletionStage<Boolean> delete(String key);

    /** The tokens of these accounts. */
    LoginTokens tokens();

    /**
     * A key that nobody outside can guess: {@link #SECRET_BYTES} random bytes. The first call creates it; it
     * never changes, and is the same for all servers that share this store.
     */
    CompletionStage<byte[]> secret();

    /** The length of {@link #secret}. */
    int SECRET_BYTES = 32;

    /** Whether an account was created. */
    enum Created {
        CREATED,
        /** The name is taken, or looks like one that is; that account is unchanged. */
        EXISTS
    }

    /** Whether an account was renamed. */
    enum Renamed {
        RENAMED,
        /** The new name belongs to another account, or looks like one that does. */
        EXISTS,
        NO_SUCH_ACCOUNT
    }
}
